//! The problems of the routes themselves. Numbers 1100–1199.

kernel::problems! {
    /// Nobody is logged in.
    NOT_SIGNED_IN = "SK-1101" 401
        zh "请先登录" "您还没有登录，或登录已过期。请登录后再试。"
        en "Log in first" "You are not logged in, or your session has ended. Log in and try again.";
    /// The page's token is missing.
    NOT_OUR_PAGE = "SK-1102" 403
        zh "请求未被接受" "请求缺少本页的校验信息。请刷新页面后再试。"
        en "Request not accepted" "The request lacks this page's token. Reload the page and try again.";
    /// No such page or route.
    NO_ROUTE = "SK-1103" 404
        zh "没有这个地址" "没有这个地址。请检查链接，或回到首页。"
        en "No such address" "There is nothing at this address. Check the link or go back to the start.";
    /// The request cannot be read.
    BAD_REQUEST = "SK-1104" 400
        zh "请求无法识别" "请求的格式不对：{why}。请改正后再试。"
        en "Request not understood" "The request is malformed: {why}. Correct it and try again.";
    /// A parameter is wrong.
    BAD_PARAMETER = "SK-1105" 422
        zh "参数不对" "地址里的参数不对：{why}。"
        en "Parameter not understood" "A parameter of the address is wrong: {why}.";
    /// The body is too large.
    TOO_LARGE = "SK-1106" 413
        zh "内容太大" "提交的内容超过 {limit} MB。请分批提交，或删去文件中的图片后再试。"
        en "Too large" "More than {limit} MB was sent. Send it in parts, or remove pictures from the file.";
    /// The method is not offered here.
    NO_METHOD = "SK-1107" 405
        zh "不支持这种请求" "这个地址不支持这种请求方式。"
        en "Method not offered" "This address does not take this kind of request.";
    /// Set up already.
    SET_UP = "SK-1108" 409
        zh "已经设置过" "本机已经设置完成，请直接登录。"
        en "Set up already" "This installation is set up already. Log in instead.";
    /// Something broke on our side.
    BROKEN = "SK-1109" 500
        zh "程序出错" "程序内部出错，您的操作没有保存。请稍后再试；如仍出错，请联系管理员。"
        en "Something went wrong" "Something went wrong on our side and nothing was saved. Try again later, or tell your administrator.";
    /// The content type is not taken.
    NOT_JSON = "SK-1110" 415
        zh "内容类型不对" "这里只接受 {wanted} 格式的内容。"
        en "Content type not taken" "Only {wanted} is taken here.";
    /// A parameter that is not offered here.
    UNKNOWN_PARAMETER = "SK-1111" 422
        zh "没有这个参数" "地址里的参数“{name}”在这里没有用处。请检查拼写，或去掉它。"
        en "No such parameter" "The parameter \"{name}\" of the address means nothing here. Check its spelling or leave it out.";
}
