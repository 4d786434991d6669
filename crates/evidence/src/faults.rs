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
    /// The file was not written.
    FILE = "SK-3403" 500
        zh "文件没有生成" "表格文件没有生成。请重试；如仍不行，请改用 CSV。"
        en "File was not made" "The workbook was not made. Try again, or take the CSV file.";
}
