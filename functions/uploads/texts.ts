import type { Texts } from "../core/locale/locale.ts";

export const uploadTexts = {
  "upload.noBytes": {
    en: "PUT the file to its signed URL first, then complete the upload again",
    "zh-CN": "请先把文件 PUT 到签名地址，然后再次完成上传",
  },
  "upload.partsRefused": {
    en: "the bucket does not know these parts; name each with the ETag that its PUT answered",
    "zh-CN": "存储桶不认识这些分片，请为每个分片填写其 PUT 返回的 ETag",
  },
  "upload.partsMissing": {
    en: "name all {count} parts, each once",
    "zh-CN": "请列出全部 {count} 个分片，每个一次",
  },
  "upload.partNumbers": {
    en: "use numbers from 1 to {count}, which are the parts of this upload",
    "zh-CN": "请使用 1 到 {count} 的编号，即该上传的分片",
  },
  "upload.published": {
    en: "This upload is published already: delete what it published instead",
    "zh-CN": "该上传已发布，如需撤销请删除已发布的内容",
  },
  "upload.md5": {
    en: "send the MD5 of the file in base64, 24 characters that end in ==",
    "zh-CN": "请填写文件 MD5 的 base64 编码，共 24 个字符并以 == 结尾",
  },
  "upload.contentType": {
    en: "send a media type such as application/zip",
    "zh-CN": "请填写媒体类型，例如 application/zip",
  },
  "upload.id": {
    en: "use the upload_id that the upload's creation answered, which begins with upl_",
    "zh-CN": "请使用创建上传时返回的 upload_id，以 upl_ 开头",
  },
  "form.tooLarge": {
    en: "A form takes files of {limit} bytes at most: send larger ones with `{command}` or POST /api/v1/uploads",
    "zh-CN": "表单上传的文件最大为 {limit} 字节；更大的文件请使用 `{command}` 或 POST /api/v1/uploads",
  },
} as const satisfies Texts;

type Keys = typeof uploadTexts;
declare module "../core/locale/locale.ts" {
  interface TextTable extends Keys {}
}
