/** What can be wrong with a plugin package, for people. `{name}` stands for the detail of that name. */
export const pluginFaultTexts = {
  notZip: {
    en: "the file is not a ZIP archive",
    "zh-CN": "文件不是ZIP压缩包",
  },
  truncated: {
    en: "the archive is cut short",
    "zh-CN": "压缩包不完整",
  },
  trailing: {
    en: "there are bytes behind the end of the archive",
    "zh-CN": "压缩包末尾之后有多余数据",
  },
  prepended: {
    en: "there are bytes in front of the archive or between its files and its directory",
    "zh-CN": "压缩包之前或目录之前有多余数据",
  },
  ambiguous: {
    en: "the archive has more than one end record",
    "zh-CN": "压缩包有多个结束记录",
  },
  multiDisk: {
    en: "the archive is one part of several",
    "zh-CN": "压缩包是分卷压缩包的一部分",
  },
  numberTooLarge: {
    en: "a size or offset in the archive is impossibly large",
    "zh-CN": "压缩包中的大小或偏移量过大",
  },
  tooManyEntries: {
    en: "the archive has more than {limit} entries",
    "zh-CN": "压缩包的条目超过 {limit} 个",
  },
  directoryTooLarge: {
    en: "the directory of the archive is larger than {limit} bytes",
    "zh-CN": "压缩包的目录超过 {limit} 字节",
  },
  badDirectory: {
    en: "the directory of the archive is damaged or contradicts itself",
    "zh-CN": "压缩包的目录已损坏或自相矛盾",
  },
  encrypted: {
    en: "{entry} is encrypted",
    "zh-CN": "{entry} 已加密",
  },
  method: {
    en: "{entry} is compressed by method {method}; only stored and deflated files are read",
    "zh-CN": "{entry} 使用了压缩方法 {method}，仅支持存储和Deflate",
  },
  special: {
    en: "{entry} is a symbolic link or another special file",
    "zh-CN": "{entry} 是符号链接或其他特殊文件",
  },
  overlap: {
    en: "{entry} overlaps another entry or the directory of the archive",
    "zh-CN": "{entry} 与其他条目或压缩包目录重叠",
  },
  sizes: {
    en: "the sizes that the archive declares for {entry} are not true",
    "zh-CN": "压缩包中 {entry} 声明的大小与实际不符",
  },
  ratio: {
    en: "the archive would inflate to more than {limit} times its size",
    "zh-CN": "压缩包解压后将超过自身大小的 {limit} 倍",
  },
  nameNotUtf8: {
    en: "the name of {entry} is said to be UTF-8 and is not",
    "zh-CN": "{entry} 的名称标记为UTF-8但不是有效的UTF-8",
  },
  nameTooLong: {
    en: "the path {entry} is too long",
    "zh-CN": "路径 {entry} 过长",
  },
  twoNames: {
    en: "{entry} has another name in its Unicode field",
    "zh-CN": "{entry} 在Unicode字段中有另一个名称",
  },
  controlCharacter: {
    en: "the path {entry} has a NUL or another control character",
    "zh-CN": "路径 {entry} 含有NUL或其他控制字符",
  },
  backslash: {
    en: "the path {entry} is not UTF-8 and has what may be a backslash or half of a character; pack it with names in UTF-8",
    "zh-CN": "路径 {entry} 不是UTF-8，其中的字节可能是反斜杠，也可能是半个汉字，请用UTF-8文件名重新打包",
  },
  drive: {
    en: "the path {entry} has a colon, as after a drive letter",
    "zh-CN": "路径 {entry} 含有冒号（如盘符）",
  },
  absolute: {
    en: "the path {entry} is absolute",
    "zh-CN": "路径 {entry} 是绝对路径",
  },
  emptySegment: {
    en: "the path {entry} has an empty part",
    "zh-CN": "路径 {entry} 含有空的部分",
  },
  dotSegment: {
    en: "the path {entry} has a part . or .. or one of nothing but dots and spaces",
    "zh-CN": "路径 {entry} 含有 . 或 .. 或仅由点和空格组成的部分",
  },
  duplicate: {
    en: "{entry} and {other} would be the same path on some systems",
    "zh-CN": "{entry} 与 {other} 在某些系统上是同一路径",
  },
  localHeader: {
    en: "the header of {entry} contradicts the directory of the archive",
    "zh-CN": "{entry} 的文件头与压缩包目录不一致",
  },
  entryTooLarge: {
    en: "{entry} is larger than {limit} bytes",
    "zh-CN": "{entry} 超过 {limit} 字节",
  },
  damaged: {
    en: "{entry} is damaged: it cannot be inflated, or its checksum is wrong",
    "zh-CN": "{entry} 已损坏：无法解压或校验和不符",
  },
  noManifest: {
    en: "there is no plugin.json at the root of the archive",
    "zh-CN": "压缩包根目录缺少 plugin.json",
  },
  manifestElsewhere: {
    en: "there is no plugin.json at the root of the archive, but {entry}",
    "zh-CN": "压缩包根目录缺少 plugin.json，但找到 {entry}",
  },
  manifestNotUtf8: {
    en: "plugin.json is not UTF-8 text",
    "zh-CN": "plugin.json 不是UTF-8文本",
  },
  manifestNotJson: {
    en: "plugin.json is not JSON: {detail}",
    "zh-CN": "plugin.json 不是有效的JSON：{detail}",
  },
  manifestNotObject: {
    en: "plugin.json is not a JSON object",
    "zh-CN": "plugin.json 不是JSON对象",
  },
  fieldMissing: {
    en: "plugin.json lacks {field}",
    "zh-CN": "plugin.json 缺少 {field}",
  },
  fieldNotText: {
    en: "{field} in plugin.json must be text",
    "zh-CN": "plugin.json 中的 {field} 必须是文本",
  },
  fieldNotObject: {
    en: "{field} in plugin.json must be an object of names and version ranges",
    "zh-CN": "plugin.json 中的 {field} 必须是由名称和版本范围组成的对象",
  },
  fieldTooLong: {
    en: "{field} in plugin.json is longer than {limit} characters",
    "zh-CN": "plugin.json 中的 {field} 超过 {limit} 个字符",
  },
  fieldTooMany: {
    en: "{field} in plugin.json has more than {limit} entries",
    "zh-CN": "plugin.json 中的 {field} 超过 {limit} 项",
  },
  fieldCharacters: {
    en: "{field} in plugin.json has control characters or broken Unicode",
    "zh-CN": "plugin.json 中的 {field} 含有控制字符或损坏的Unicode",
  },
  name: {
    en: "the name {name} in plugin.json is not of the form com.example.plugin, or no file can be named so",
    "zh-CN": "plugin.json 中的名称 {name} 不符合 com.example.plugin 格式，或不能用作文件名",
  },
  version: {
    en: "the version {version} in plugin.json is not a semantic version",
    "zh-CN": "plugin.json 中的版本号 {version} 不是有效的语义化版本号",
  },
  homepage: {
    en: "the homepage {homepage} in plugin.json is not an http or https address",
    "zh-CN": "plugin.json 中的主页 {homepage} 不是http或https地址",
  },
  mainMissing: {
    en: "main in plugin.json names {main}, which the archive does not have",
    "zh-CN": "plugin.json 中的 main 指定的 {main} 不在压缩包中",
  },
  dependencyName: {
    en: "the dependency {name} in plugin.json is not the name of a plugin",
    "zh-CN": "plugin.json 中的依赖 {name} 不是有效的插件名称",
  },
  dependencyItself: {
    en: "the plugin depends on itself: {name}",
    "zh-CN": "插件依赖了自身：{name}",
  },
  engineName: {
    en: "the engine {name} in plugin.json is not a possible name",
    "zh-CN": "plugin.json 中的引擎名称 {name} 无效",
  },
  range: {
    en: "{field} in plugin.json asks for {name} in {range}, which is not a version range",
    "zh-CN": "plugin.json 的 {field} 中 {name} 的版本范围 {range} 无效",
  },
  andMore: {
    en: "and {count} more",
    "zh-CN": "另有 {count} 处",
  },
} as const;

export type PluginFaultKey = keyof typeof pluginFaultTexts;
