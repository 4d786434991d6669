//! The help of the command line in Chinese: the English texts stand at the arguments, their translations here.

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, Command};
use kernel::Lang;

/// English as it stands at the command or the argument, and Chinese.
const TEXTS: &[(&str, &str)] = &[
    ("The record of a community centre that supports migrant families", "雁阵：支持流动家庭的社区中心的记录"),
    ("Answer as JSON, for programs", "用 JSON 回答，给程序读"),
    ("Run the program and serve the web app", "运行程序，提供网页"),
    ("Make a believable centre to look around in", "造一个像真的中心，供人看看"),
    ("Accounts: add, list, set a password, retire", "账号：添加、列出、改密码、停用"),
    ("Read a workbook, show what it holds, and import it", "读一个表格，说明里面有什么，再导入"),
    (
        "Write the records that an account may read, one JSON object on a line",
        "导出某个账号可以读的记录，一行一个 JSON 对象",
    ),
    ("Print a report: roster, or the participations of a month", "打印报表：儿童名册，或一个月的参与人次"),
    ("Walk the journal's chain and tell whether it was changed", "沿着流水的链条核对，看有没有被改过"),
    ("Rebuild state and search tables from the journal", "用流水重建现状和检索表"),
    ("Write an encrypted backup, also while the program runs", "写一份加密备份，程序运行时也可以"),
    ("Restore a backup, or rehearse it with --check", "恢复备份；加 --check 只演练"),
    ("Find records of the same person in one or two CSV files", "在一个或两个 CSV 里找出同一个人的记录"),
    ("Write or check the generated files under goldens/", "生成或核对 goldens/ 下的文件"),
    ("Print this message or the help of the given subcommand(s)", "显示这段说明，或某个子命令的说明"),
    ("Print help", "显示说明"),
    ("Print version", "显示版本"),
    ("Folder of the node: database file, key file, exports", "节点的文件夹：数据库、密钥文件、导出的文件"),
    (
        "PostgreSQL instead of a file: postgres://user:password@host/database",
        "不用文件而用 PostgreSQL：postgres://user:password@host/database",
    ),
    ("Key file, if it is not in the folder", "密钥文件（不在文件夹里时）"),
    (
        "The key file is wrapped by a passphrase: asked for, or read from SKEIN_PASSPHRASE, which says so by itself",
        "密钥文件用口令加了锁：会当场询问，或从 SKEIN_PASSPHRASE 读取（设了它就不必写这一项）",
    ),
    ("Address and port", "地址和端口"),
    (
        "It is reached by HTTPS through a proxy: cookies are marked Secure",
        "前面有 HTTPS 代理：Cookie 标为 Secure",
    ),
    ("How many families; 80, or 150 with --year", "多少个家庭；默认 80，加 --year 时 150"),
    (
        "The whole year before this one: 170 events, some 5,000 participations, 300 visits",
        "去年整年：170 场活动、约 5000 人次、300 次走访",
    ),
    ("Texts in English; otherwise Chinese", "文字用英文；不写则用中文"),
    ("Serve it when it is made", "造好后就运行"),
    ("Address and port for serving", "运行时的地址和端口"),
    ("Only the site and its accounts, without people", "只有站点和账号，没有人员"),
    ("Set up the site with its first manager", "建立站点和第一位主管"),
    ("What the site is called", "站点名称"),
    ("Login name of the manager", "主管的登录名"),
    ("Name of the manager", "主管的姓名"),
    ("Add an account", "添加账号"),
    ("Login name", "登录名"),
    (
        "manager, worker, volunteer, coordinator, auditor or operator",
        "manager 主管、worker 社工、volunteer 志愿者、coordinator 协调员、auditor 审计、operator 运维",
    ),
    ("Name that others see", "别人看到的名字"),
    ("List the accounts", "列出账号"),
    ("Set a new password", "设新密码"),
    ("Take a lost second factor away", "取消丢失的第二重验证"),
    ("Close an account", "停用账号"),
    ("Workbook or CSV", "表格文件或 CSV"),
    ("Only tell what it holds; needs no node", "只说明里面有什么；不需要节点"),
    (
        "A hidden sheet or an old version that is to be read, too; may be given several times",
        "要一并读取的隐藏工作表或旧版工作表；可以写多次",
    ),
    (
        "What is done with likely duplicates: auto, same, new or skip",
        "可能重复的怎么办：auto 有把握的合并、same 都当同一人、new 都当新的人、skip 跳过",
    ),
    (
        "Enter it as this account (its login name); otherwise as the first manager",
        "以这个账号（登录名）的身份录入；不写则用第一位主管",
    ),
    ("Take an import back", "撤销一次导入"),
    ("Which", "哪一种"),
    ("The children of the register", "名册上的儿童"),
    ("The participations of a month", "一个月的参与人次"),
    ("Day of the roster, such as 2026-11-24", "名册的日期，例如 2026-11-24"),
    (
        "Period of the year's report: 2026, 2026-H1, 2026-Q3 or 2026-11; this year where nothing is said",
        "年度统计的统计期：2026、2026-H1、2026-Q3 或 2026-11；不写则为今年",
    ),
    ("Instead of a period: from this day", "不用统计期，而从这一天起"),
    ("Instead of a period: to this day", "不用统计期，而到这一天止"),
    ("What a year, or any period, came to", "一年或任一统计期的统计"),
    ("Month of the participations, such as 2026-11", "参与人次的月份，例如 2026-11"),
    ("Write it here: .xlsx, .csv or .pdf", "写到这里：.xlsx、.csv 或 .pdf"),
    ("Write it here: JSON, one record on a line", "写到这里：JSON，一行一条记录"),
    ("Kinds of record; all where nothing is said", "记录的种类；不写就是全部"),
    (
        "Export as this account (its login name): what it may read is written",
        "以这个账号（登录名）的身份导出：它可以读的才会写出",
    ),
    ("Folder for the backup and its keyring, such as a USB stick", "放备份和钥匙串的文件夹，例如 U 盘"),
    (
        "Encrypt to this age recipient (age1…); otherwise to a passphrase (asked for, or SKEIN_BACKUP_PASSPHRASE)",
        "加密给这个 age 收件人（age1…）；不写则用口令（当场询问，或 SKEIN_BACKUP_PASSPHRASE）",
    ),
    ("The backup; its keyring (skein.keys) lies beside it", "备份文件；钥匙串 skein.keys 在它旁边"),
    ("Another keyring", "另一个钥匙串"),
    (
        "File with an age identity, where the backup was made to a recipient",
        "age 身份文件（备份是加密给收件人的时候）",
    ),
    (
        "Only rehearse: restore into a folder that is thrown away, verify, count",
        "只演练：恢复到一个用完就删的文件夹里，核对，清点",
    ),
    ("A CSV file", "一个 CSV 文件"),
    (
        "Another: pairs are looked for between the two, otherwise within the first",
        "另一个：在两个文件之间找；不写则在第一个里面找",
    ),
    ("A column that is not compared; may be given several times", "不参与比较的列；可以写多次"),
    ("Only compare; fail where they differ", "只比较；不一样就算失败"),
    ("Where they are", "文件在哪里"),
];

/// A text of the help in Chinese, if it has been translated.
pub fn chinese(english: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(text, _)| *text == english).map(|(_, chinese)| *chinese)
}

/// The command with its help in the reader's language.
pub fn localised(command: Command, lang: Lang) -> Command {
    if lang == Lang::En { command } else { translated(command.disable_help_subcommand(true), lang, true) }
}

fn translated(command: Command, lang: Lang, root: bool) -> Command {
    let say = |text: &str| lang.chinese(text).into_owned();
    let about = command.get_about().map(ToString::to_string);
    let mut command = command
        .help_template(say("{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}"))
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .arg(own_flag("help", 'h', ArgAction::Help, &say("显示说明")).global(false));
    if root {
        command = command.disable_version_flag(true).arg(own_flag(
            "version",
            'V',
            ArgAction::Version,
            &say("显示版本"),
        ));
    }
    if let Some(chinese) = about.as_deref().and_then(chinese) {
        command = command.about(say(chinese));
    }
    command = command.mut_args(|arg| argument(arg, lang));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name, |sub| translated(sub, lang, false));
    }
    command
}

fn own_flag(name: &'static str, short: char, action: ArgAction, help: &str) -> Arg {
    Arg::new(name).long(name).short(short).action(action).help(help.to_owned())
}

/// An argument in Chinese, with its default and its variable in words, which the library would add in English.
fn argument(arg: Arg, lang: Lang) -> Arg {
    let heading = match (arg.is_positional(), lang) {
        (true, Lang::Hant) => "參數",
        (true, _) => "参数",
        (false, Lang::Hant) => "選項",
        (false, _) => "选项",
    };
    let english = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut help = chinese(&english).unwrap_or(&english).to_owned();
    let values: Vec<String> = arg.get_possible_values().iter().map(value_in_words).collect();
    if !values.is_empty() && arg.get_action().takes_values() {
        help.extend(["：", &values.join("、")]);
    }
    if let Some(variable) = arg.get_env() {
        help.extend(["（环境变量 ", &variable.to_string_lossy(), "）"]);
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        help.extend(["（不写就是 ", &defaults.join(" "), "）"]);
    }
    let takes_values = arg.get_action().takes_values();
    arg.help(lang.chinese(&help).into_owned())
        .help_heading(heading)
        .hide_default_value(takes_values)
        .hide_env(true)
        .hide_possible_values(takes_values)
}

fn value_in_words(value: &PossibleValue) -> String {
    let help = value.get_help().map(ToString::to_string).unwrap_or_default();
    format!("{} {}", value.get_name(), chinese(&help).unwrap_or(&help)).trim().to_owned()
}

/// What was wrong with a command line, in a Chinese sentence; nothing for help and version, which are answers.
pub fn wrong(error: &clap::Error, lang: Lang) -> Option<String> {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => format!("不认识“{}”", of(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("还缺：{}", of(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => "还要写做什么".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("“{}”不能和“{}”一起写", of(ContextKind::InvalidArg), of(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{}”不能是“{}”", of(ContextKind::InvalidArg), of(ContextKind::InvalidValue))
        }
        _ => "命令写得不对".to_owned(),
    };
    Some(lang.chinese(&format!("{sentence}。写法见 skein --help。")).into_owned())
}
