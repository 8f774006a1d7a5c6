/** What can be wrong with a plugin package, for people. `{name}` stands for the detail of that name. */
export const pluginFaultTexts = {
  notZip: {
    en: "the file is not a ZIP archive (pack the plugin as .zip)",
    "zh-CN": "文件不是ZIP压缩包，请打包为 .zip",
  },
  truncated: {
    en: "the archive is cut short (pack or copy it again)",
    "zh-CN": "压缩包不完整，请重新打包或复制",
  },
  trailing: {
    en: "something follows the end of the archive (pack it again)",
    "zh-CN": "压缩包末尾之后有多余数据，请重新打包",
  },
  prepended: {
    en: "something precedes the archive, or stands between its files and its directory (pack it again, not as a self-extracting program)",
    "zh-CN": "压缩包之前或目录之前有多余数据，请重新打包，不要使用自解压格式",
  },
  ambiguous: {
    en: "the archive has more than one end (pack it again, without an archive comment)",
    "zh-CN": "压缩包有多个结束标记，请重新打包，不要添加压缩包注释",
  },
  multiDisk: {
    en: "the archive is one part of several (pack it as one file)",
    "zh-CN": "这是分卷压缩包的一部分，请打包为单个文件",
  },
  numberTooLarge: {
    en: "a size in the archive is impossibly large (pack it again)",
    "zh-CN": "压缩包中的大小数值异常，请重新打包",
  },
  tooManyEntries: {
    en: "the archive has more than {limit} files and folders (leave some out)",
    "zh-CN": "压缩包的文件和文件夹超过 {limit} 个，请减少",
  },
  directoryTooLarge: {
    en: "the archive's list of files is larger than {limit} bytes (use fewer files or shorter names)",
    "zh-CN": "压缩包的文件列表超过 {limit} 字节，请减少文件或缩短文件名",
  },
  badDirectory: {
    en: "the archive's list of files is damaged (pack it again)",
    "zh-CN": "压缩包的文件列表已损坏，请重新打包",
  },
  encrypted: {
    en: "{entry} is encrypted (pack it without a password)",
    "zh-CN": "{entry} 已加密，请不设密码重新打包",
  },
  method: {
    en: "{entry} is packed by method {method} (pack it with Deflate or without compression)",
    "zh-CN": "{entry} 使用了压缩方法 {method}，请改用 Deflate 或不压缩",
  },
  special: {
    en: "{entry} is a symbolic link or another special file (put a plain file in its place)",
    "zh-CN": "{entry} 是符号链接或其他特殊文件，请换成普通文件",
  },
  overlap: {
    en: "{entry} overlaps another file of the archive (pack it again)",
    "zh-CN": "{entry} 与压缩包中的其他文件重叠，请重新打包",
  },
  sizes: {
    en: "{entry} does not have the size that the archive names (pack it again)",
    "zh-CN": "{entry} 的大小与压缩包中记录的不符，请重新打包",
  },
  ratio: {
    en: "unpacked, the archive would be more than {limit} times as large (leave out what is mostly empty)",
    "zh-CN": "压缩包解压后将超过自身大小的 {limit} 倍，请去掉内容几乎为空的大文件",
  },
  nameNotUtf8: {
    en: "the name of {entry} is marked as UTF-8 but is not (pack it with another tool)",
    "zh-CN": "{entry} 的名称标记为UTF-8但不是有效的UTF-8，请换用其他工具打包",
  },
  nameTooLong: {
    en: "the path {entry} is too long (shorten it)",
    "zh-CN": "路径 {entry} 过长，请缩短",
  },
  twoNames: {
    en: "{entry} has two different names in the archive (pack it again)",
    "zh-CN": "{entry} 在压缩包中有两个不同的名称，请重新打包",
  },
  controlCharacter: {
    en: "the path {entry} has a control character, such as a line break (rename the file)",
    "zh-CN": "路径 {entry} 含有换行等控制字符，请重命名",
  },
  backslash: {
    en: "the path {entry} is not UTF-8, so a byte in it may be a backslash or half of a character (pack it with names in UTF-8)",
    "zh-CN": "路径 {entry} 不是UTF-8，其中的字节可能是反斜杠，也可能是半个汉字，请用UTF-8文件名重新打包",
  },
  drive: {
    en: "the path {entry} has a colon (use a path without a drive letter)",
    "zh-CN": "路径 {entry} 含有冒号（如盘符），请使用不带盘符的路径",
  },
  absolute: {
    en: "the path {entry} begins at the root of a disk (use a path within the plugin's folder)",
    "zh-CN": "路径 {entry} 是绝对路径，请使用插件文件夹内的相对路径",
  },
  emptySegment: {
    en: "the path {entry} has two slashes in a row (remove one)",
    "zh-CN": "路径 {entry} 含有连续的斜杠，请去掉一个",
  },
  dotSegment: {
    en: "the path {entry} has a part of nothing but dots and spaces (give that folder or file a name)",
    "zh-CN": "路径 {entry} 含有仅由点和空格组成的部分，请为其命名",
  },
  duplicate: {
    en: "{entry} and {other} would be one file on some systems (rename one of them)",
    "zh-CN": "{entry} 与 {other} 在某些系统上是同一文件，请重命名其中一个",
  },
  localHeader: {
    en: "{entry} is described in two ways in the archive (pack it again)",
    "zh-CN": "压缩包中 {entry} 的两处记录不一致，请重新打包",
  },
  entryTooLarge: {
    en: "{entry} is larger than {limit} bytes (make it smaller)",
    "zh-CN": "{entry} 超过 {limit} 字节，请缩小",
  },
  damaged: {
    en: "{entry} is damaged (pack it again)",
    "zh-CN": "{entry} 已损坏，请重新打包",
  },
  noManifest: {
    en: "there is no plugin.json at the root of the archive (add one)",
    "zh-CN": "压缩包根目录缺少 plugin.json，请添加",
  },
  manifestElsewhere: {
    en: "plugin.json is not at the root of the archive but at {entry} (pack the content of that folder, not the folder)",
    "zh-CN": "压缩包根目录缺少 plugin.json，但找到 {entry}，请打包该文件夹的内容而不是文件夹本身",
  },
  manifestNotUtf8: {
    en: "plugin.json is not UTF-8 (save it as UTF-8)",
    "zh-CN": "plugin.json 不是UTF-8文本，请另存为UTF-8",
  },
  manifestNotJson: {
    en: "plugin.json is not JSON (look at line {line}, column {column})",
    "zh-CN": "plugin.json 不是有效的JSON，请检查第 {line} 行第 {column} 列",
  },
  manifestEnds: {
    en: "plugin.json ends before its JSON does (complete it)",
    "zh-CN": "plugin.json 中的JSON不完整，请补全",
  },
  manifestNotObject: {
    en: "plugin.json must hold one JSON object, in braces",
    "zh-CN": "plugin.json 必须是一个JSON对象",
  },
  fieldMissing: {
    en: "plugin.json lacks {field} (add it)",
    "zh-CN": "plugin.json 缺少 {field}，请添加",
  },
  fieldNotText: {
    en: "{field} in plugin.json must be text",
    "zh-CN": "plugin.json 中的 {field} 必须是文本",
  },
  fieldNotObject: {
    en: '{field} in plugin.json must be an object of names and version ranges, such as {"com.example.base": "^1.2.0"}',
    "zh-CN": 'plugin.json 中的 {field} 必须是由名称和版本范围组成的对象，例如 {"com.example.base": "^1.2.0"}',
  },
  fieldTooLong: {
    en: "{field} in plugin.json is longer than {limit} characters (shorten it)",
    "zh-CN": "plugin.json 中的 {field} 超过 {limit} 个字符，请缩短",
  },
  fieldTooMany: {
    en: "{field} in plugin.json has more than {limit} entries (remove some)",
    "zh-CN": "plugin.json 中的 {field} 超过 {limit} 项，请减少",
  },
  fieldCharacters: {
    en: "{field} in plugin.json has control characters or broken ones (remove them)",
    "zh-CN": "plugin.json 中的 {field} 含有控制字符或损坏的字符，请去掉",
  },
  name: {
    en: "the name {name} in plugin.json must have the form com.example.plugin and be possible as a file's name",
    "zh-CN": "plugin.json 中的名称 {name} 必须符合 com.example.plugin 格式，且可用作文件名",
  },
  version: {
    en: "the version {version} in plugin.json must be a semantic version, such as 1.2.3",
    "zh-CN": "plugin.json 中的版本号 {version} 必须是语义化版本号，例如 1.2.3",
  },
  homepage: {
    en: "the homepage {homepage} in plugin.json must be an http or https address",
    "zh-CN": "plugin.json 中的主页 {homepage} 必须是http或https地址",
  },
  mainMissing: {
    en: "the archive lacks {main}, which main in plugin.json names (add it, or name another file)",
    "zh-CN": "压缩包中缺少 plugin.json 的 main 指定的 {main}，请添加或改为其他文件",
  },
  dependencyName: {
    en: "the dependency {name} in plugin.json must be a plugin's name, such as com.example.base",
    "zh-CN": "plugin.json 中的依赖 {name} 必须是插件名称，例如 com.example.base",
  },
  dependencyItself: {
    en: "the plugin depends on itself (remove {name} from its dependencies)",
    "zh-CN": "插件依赖了自身，请从依赖中去掉 {name}",
  },
  engineName: {
    en: "the engine {name} in plugin.json must be an engine's name, such as MicroDock",
    "zh-CN": "plugin.json 中的引擎名称 {name} 无效，请使用 MicroDock 这样的名称",
  },
  range: {
    en: "{field} in plugin.json asks for {name} in {range}, which is not a version range (write one such as ^1.2.0)",
    "zh-CN": "plugin.json 的 {field} 中 {name} 的版本范围 {range} 无效，请按 ^1.2.0 的形式填写",
  },
  andMore: {
    en: "and {count} more",
    "zh-CN": "另有 {count} 处",
  },
} as const;

export type PluginFaultKey = keyof typeof pluginFaultTexts;
