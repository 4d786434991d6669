//! What can be wrong with a file as a whole. Numbers 4001–4019.

kernel::problems! {
    /// Nothing in the file.
    EMPTY_FILE = "SK-4001" 422
        zh "文件是空的" "“{file}”里没有内容。请检查是否选对了文件。"
        en "The file is empty" "There is nothing in \"{file}\". Check that it is the right file.";
    /// Neither a workbook nor text.
    NOT_A_WORKBOOK = "SK-4002" 422
        zh "不是表格文件" "“{file}”不是 Excel 或 CSV 表格。请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
        en "Not a workbook" "\"{file}\" is neither an Excel workbook nor CSV. Save it as .xlsx in Excel or WPS and import it again.";
    /// A workbook that cannot be read.
    BROKEN = "SK-4003" 422
        zh "文件已损坏" "“{file}”读不出来：{why}。请用 Excel 或 WPS 打开并另存一份，再导入新文件。"
        en "The file is damaged" "\"{file}\" cannot be read: {why}. Open it in Excel or WPS, save a fresh copy and import that.";
    /// More bytes than are taken.
    TOO_LARGE = "SK-4004" 413
        zh "文件太大" "“{file}”有 {size} MB，最多 {limit} MB。请删去图片或无关的工作表，或分成几个文件导入。"
        en "The file is too large" "\"{file}\" has {size} MB; at most {limit} MB are taken. Remove pictures and unrelated sheets, or split it.";
    /// A small file that unpacks to a huge one.
    INFLATES = "SK-4005" 413
        zh "文件解压后太大" "“{file}”解压后超过 {limit} MB，没有读取。请只保留需要的工作表，另存后再导入。"
        en "The file unpacks to too much" "\"{file}\" unpacks to more than {limit} MB and was not read. Keep only the sheets needed, save and import again.";
    /// More cells than are taken.
    TOO_MANY_CELLS = "SK-4006" 413
        zh "表格太大" "工作表“{sheet}”超过 {limit} 个{what}，没有读取。请分成几个文件导入。"
        en "The sheet is too large" "Sheet \"{sheet}\" has more than {limit} {what_en} and was not read. Split it into several files.";
    /// More parts than any workbook has.
    TOO_MANY_PARTS = "SK-4007" 413
        zh "文件结构异常" "“{file}”里有 {count} 个部分，不像正常的表格，没有读取。请另存后再导入。"
        en "An unusual file" "\"{file}\" holds {count} parts, which no ordinary workbook does; it was not read. Save a fresh copy and import that.";
    /// Under a password.
    ENCRYPTED = "SK-4008" 422
        zh "文件有密码" "“{file}”设了打开密码。请先在 Excel 或 WPS 里取消密码，再导入。"
        en "The file has a password" "\"{file}\" opens only with a password. Remove the password in Excel or WPS, then import it.";
    /// Text in an unknown encoding.
    ENCODING = "SK-4009" 422
        zh "文字编码不认识" "“{file}”的文字既不是 UTF-8 也不是 GB18030（GBK）。请用 Excel 另存为 .xlsx 后再导入。"
        en "Unknown text encoding" "The text of \"{file}\" is neither UTF-8 nor GB18030 (GBK). Save it as .xlsx and import that.";
    /// A kind of file that is not taken.
    UNSUPPORTED = "SK-4010" 422
        zh "不支持这种文件" "“{file}”是 {kind} 文件。请用 Excel 或 WPS 另存为 .xlsx 后再导入。"
        en "This kind of file is not taken" "\"{file}\" is {kind}. Save it as .xlsx in Excel or WPS and import that.";
    /// No table on any sheet.
    NO_TABLE = "SK-4011" 422
        zh "没找到表格" "“{file}”里没有找到表头。请确认有一行写着“姓名”“电话”之类的列名。"
        en "No table found" "No header row was found in \"{file}\". Make sure that one row names the columns, such as \"Name\" and \"Phone\".";
    /// A workbook that cannot be filled in.
    NOT_A_TEMPLATE = "SK-4012" 422
        zh "不能填这种表" "“{file}”是 {kind} 格式，不能原样填写。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”，再上传。"
        en "This kind of file cannot be filled in" "\"{file}\" is {kind} and cannot be filled in as it is. Open it in Excel or WPS, save it as an Excel workbook (.xlsx) and upload that.";
    /// The sheet is not in the workbook.
    NO_SUCH_SHEET = "SK-4013" 422
        zh "没有这张表" "“{file}”里没有名为“{sheet}”的工作表。请重新选择。"
        en "No such sheet" "\"{file}\" has no sheet named \"{sheet}\". Choose again.";
    /// A formula of the office.
    FORMULA_CELL = "SK-4014" 422
        zh "这一格是公式" "工作表“{sheet}”的 {cell} 是公式，雁阵不改公式。请改指别的格子，或先在表里删掉公式。"
        en "The cell is a formula" "{cell} on the sheet \"{sheet}\" is a formula; Skein leaves formulas alone. Point at another cell, or remove the formula from the template.";
    /// A locked cell of a protected sheet.
    LOCKED_CELL = "SK-4015" 422
        zh "这一格被锁定" "工作表“{sheet}”设了保护，{cell} 不允许填写。请改指可以填写的格子，或撤销工作表保护后重新上传。"
        en "The cell is locked" "The sheet \"{sheet}\" is protected and {cell} is locked. Point at cells that may be filled in, or take the protection off and upload it again.";
}
