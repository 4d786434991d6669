//! What can go wrong with reports. Numbers 3400–3499.

kernel::problems! {
    /// The role has no totals.
    NO_TOTALS = "SK-3401" 403
        zh "没有统计权限" "您的角色不能查看统计报表。如确有需要，请联系站点负责人。"
        en "No totals for this role" "Your role may not see reports. Ask the site manager if you need them.";
    /// The month is none.
    MONTH = "SK-3402" 422
        zh "月份不对" "月份应写作 2026-11 这样的形式。请改正。"
        en "Month not understood" "Write the month like 2026-11.";
    /// Who sees totals sees no records.
    NO_RECORDS = "SK-3406" 403
        zh "看不到具体记录" "您的角色只能看合计，不能打开合计后面的记录。如确有需要，请联系站点负责人。"
        en "Totals only" "Your role sees totals, not the records behind them. Ask the site manager if you need them.";
    /// The period is none.
    PERIOD = "SK-3404" 422
        zh "统计期不对" "看不懂统计期“{period}”。请写作 2026、2026-H1、2026-Q3 或 2026-11。"
        en "Period not understood" "\"{period}\" is no period. Write it like 2026, 2026-H1, 2026-Q3 or 2026-11.";
    /// The days do not follow each other.
    DAYS = "SK-3405" 422
        zh "起止日期不对" "统计期从 {from} 到 {to}：结束日期不能早于开始日期，年份应在 1900 至 2200 之间。请改正。"
        en "Days out of order" "From {from} to {to}: the last day may not be before the first, and both lie between 1900 and 2200. Correct them.";
    /// Any two days would tell small numbers by what one report has more than another.
    WHOLE_MONTHS = "SK-3407" 422
        zh "只能看整月的合计" "您的角色只能看整月的合计：从某月一日到某月最后一天。{from} 至 {to} 不是整月，请改选年、半年、季度或月。"
        en "Whole months only" "Your role sees totals of whole months, from the first day of one to the last day of one. {from} to {to} is none: choose a year, half-year, quarter or month.";
    /// Nothing can be set on this machine.
    NO_FONT = "SK-3408" 503
        zh "没有中文字体" "这台服务器上没有中文字体，不能生成 PDF。请安装（Debian：fonts-noto-cjk）后重启；这次可改用 Excel 或 CSV。"
        en "No Chinese font" "This server has no font with Chinese characters, so no PDF can be made. Install one (Debian: fonts-noto-cjk) and restart it; meanwhile take the Excel or CSV file.";
    /// The file was not written.
    FILE = "SK-3403" 500
        zh "文件没有生成" "文件没有生成。请重试；如仍不行，请改用 CSV。"
        en "File was not made" "The file was not made. Try again, or take the CSV file.";
}
