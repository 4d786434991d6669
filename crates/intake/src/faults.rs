//! The problems of imports. Numbers 4100–4199.

kernel::problems! {
    /// No such import.
    UNKNOWN_IMPORT = "SK-4101" 404
        zh "没有这次导入" "找不到这次导入：可能已清理，或不属于本站点。"
        en "No such import" "There is no such import; it may have been cleared away.";
    /// It is not in a state for this.
    WRONG_STATE = "SK-4102" 409
        zh "现在不能这样做" "这次导入目前的状态是“{state}”，不能执行此操作。"
        en "Not now" "This import is \"{state}\" at present; this cannot be done now.";
    /// No such sheet.
    UNKNOWN_SHEET = "SK-4103" 422
        zh "没有这张表" "工作簿里没有名为“{sheet}”的表。"
        en "No such sheet" "The workbook has no sheet named \"{sheet}\".";
    /// No such field or column.
    UNKNOWN_FIELD = "SK-4104" 422
        zh "栏目不对" "“{field}”不是可以导入的栏目，或没有这一列。"
        en "No such field" "\"{field}\" is not a field that can be imported, or there is no such column.";
    /// Nothing is chosen.
    NOTHING_CHOSEN = "SK-4105" 422
        zh "没有可导入的内容" "没有选中任何含有姓名的表。请至少选择一张表。"
        en "Nothing to import" "No sheet with people is chosen. Choose at least one.";
    /// A row refers to something that does not exist.
    UNKNOWN_ROW = "SK-4106" 422
        zh "没有这一行" "表“{sheet}”里没有第 {row} 行数据，或这一行没有待决定的重复。"
        en "No such row" "The sheet \"{sheet}\" has no data in row {row}, or there is no duplicate to decide on.";
    /// The file of the request is missing.
    NO_FILE = "SK-4107" 422
        zh "没有文件" "请选择要导入的文件。"
        en "No file" "Choose the file to import.";
    /// A row could not be stored; the others go on.
    ROW_FAILED = "SK-4108" 422
        zh "有行没有导入" "第 {row} 行没有导入：{why}"
        en "Row not imported" "Row {row} was not imported: {why}";
    /// No such template.
    UNKNOWN_TEMPLATE = "SK-4109" 404
        zh "没有这份表" "找不到这份要填的表：可能已删除，或不属于本站点。"
        en "No such form" "There is no such form; it may have been removed.";
    /// Nothing is pointed at.
    NOTHING_POINTED = "SK-4110" 422
        zh "还没有指定填什么" "请先在表上点列名或格子，选择填什么，再填表。"
        en "Nothing to fill in" "First point at columns or cells of the form and choose what goes there.";
    /// Rows in the wrong order.
    POINTED_ROWS = "SK-4111" 422
        zh "行号不对" "名单的起止行不对（第 {first} 行至第 {last} 行）。请填表里名单的第一行和最后一行。"
        en "Rows out of order" "The rows of the list are wrong ({first} to {last}). Give the first and the last row of the list on the form.";
    /// A period that ends before it begins.
    PERIOD = "SK-4112" 422
        zh "起止日期不对" "结束日期（{to}）早于开始日期（{from}）。请改正。"
        en "Dates out of order" "The period ends ({to}) before it begins ({from}). Correct it.";
    /// Not filled in yet.
    NOT_FILLED = "SK-4113" 404
        zh "还没有填过" "这份表还没有填过。请先选起止日期，点“填表”。"
        en "Not filled in yet" "The form was not filled in yet. Choose the period and fill it in first.";
    /// Sign-ups for nobody knows what.
    WHICH_SESSION = "SK-4114" 422
        zh "还没有说明是哪一场" "“{sheet}”是报名表，请先写明活动名称和日期，再写入。"
        en "Which gathering" "\"{sheet}\" holds sign-ups: give the activity and the day, then write them.";
}
