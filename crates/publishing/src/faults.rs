//! What can go wrong with photos and recordings. Numbers 4200–4299.

kernel::problems! {
    /// A work needs a title.
    TITLE = "SK-4201" 422
        zh "缺少标题" "请填写标题，例如“六一儿童节合影”。"
        en "Title missing" "Give it a title, such as \"Children's Day, group photo\".";
    /// The day is not one on which it can have been made.
    DAY = "SK-4202" 422
        zh "日期不对" "日期应在 {first} 至 {last} 之间。请改正。"
        en "Day out of range" "The day is between {first} and {last}. Correct it.";
    /// There are too many marks.
    TOO_MANY_FACES = "SK-4203" 422
        zh "标记太多" "一件作品最多标记 {most} 个人。"
        en "Too many marks" "At most {most} people are marked on one photo or recording.";
    /// A mark lies beside the picture, or where there is none.
    PLACE = "SK-4204" 422
        zh "标记位置不对" "照片上的标记要点在画面内；录音上的人没有位置。请重新标记。"
        en "Mark not on the picture" "A mark on a photo lies within the picture; somebody on a recording has no place. Mark again.";
    /// Somebody who cannot be recognised is nobody.
    WHO = "SK-4205" 422
        zh "标记自相矛盾" "标记为“认不出”的人，不能同时是名册里的人。请只选一项。"
        en "Mark contradicts itself" "Somebody who is not recognisable cannot be a person of the register as well. Choose one.";
    /// No such mark.
    NO_FACE = "SK-4206" 404
        zh "没有这个标记" "这个标记已删除。请刷新页面。"
        en "No such mark" "This mark is gone. Reload the page.";
    /// Only members of the circle may do this.
    NOT_A_MEMBER = "SK-4207" 403
        zh "只有成员可以" "这件作品由小组成员保管，只有成员可以这样做。"
        en "Members only" "This belongs to the members of a circle; only they can do this.";
    /// The readers named are not the circle's members.
    READERS = "SK-4208" 409
        zh "成员有变动" "列出的人与小组现在的成员不符。请刷新后再试。"
        en "The members have changed" "The people named are not the circle's members as they are now. Reload and try again.";
    /// Nothing to publish.
    NO_FILE = "SK-4209" 409
        zh "还没有文件" "还没有上传照片或录音。请先上传，再发布。"
        en "No file yet" "There is no photo or recording yet. Upload it, then publish.";
    /// Consents are missing.
    NOT_READY = "SK-4210" 409
        zh "还不能发布" "有 {count} 个人不能公开：{lacking} 人没有同意，{refused} 个孩子自己不愿意，{withdrawn} 人的同意已撤回或到期，{unknown} 人还不知道是谁。请先征得同意，或在页面上逐个处理。"
        en "Not to be published yet" "{count} people stand against it: {lacking} without consent, {refused} children who do not want it, {withdrawn} whose consent was withdrawn or has expired, {unknown} of whom nobody knows who they are. Ask for consent first, or settle each mark on the page.";
    /// One person without consent.
    LACKING = "SK-4211" 409
        zh "没有同意" "这个人没有同意公开影像。请先征得同意并登记。"
        en "No consent" "There is no consent of this person to publishing pictures. Ask for it and record it.";
    /// One child does not want it.
    REFUSED = "SK-4212" 409
        zh "孩子不愿意" "孩子自己不愿意公开影像，监护人同意也不行。"
        en "The child does not want it" "The child does not want it, and so it is not done, whatever a guardian said.";
    /// One consent has ended.
    ENDED = "SK-4213" 409
        zh "同意已失效" "这个人的同意已撤回或到期。请重新征求意见。"
        en "Consent has ended" "This person's consent was withdrawn or has expired. Ask again.";
    /// One face nobody knows.
    UNKNOWN = "SK-4214" 409
        zh "还不知道是谁" "还不知道这个人是谁。请从名册里选，或标为“认不出”。"
        en "Nobody knows who this is" "It is not known who this is. Choose the person, or mark as not recognisable.";
    /// The consents named are not those in force.
    CITED = "SK-4215" 409
        zh "同意记录有变动" "发布所依据的同意与现在登记的不符。请刷新页面，看过后再发布。"
        en "Consents have changed" "The consents this was based on are not those in force now. Reload the page, look again, then publish.";
    /// Nobody is marked, and nobody said that nobody is on it.
    NOBODY = "SK-4216" 422
        zh "还没有标记人" "上面一个人也没有标记。请先标记；如果确实没有人，请在发布时说明。"
        en "Nobody is marked" "Nobody is marked on it. Mark them first; if there really is nobody, say so when you publish.";
    /// It is not published.
    NOT_PUBLISHED = "SK-4217" 409
        zh "没有发布过" "这件作品没有发布，不需要收回。"
        en "Not published" "This is not published; there is nothing to take back.";
    /// It is published.
    PUBLISHED = "SK-4218" 409
        zh "已经发布" "这件作品正在公开。请先收回，再更换文件或更改谁能看。"
        en "It is published" "This is public now. Take it back first, then change the file or who may open it.";
    /// It is sent within a bundle.
    ALONE = "SK-4219" 422
        zh "请单独发布" "发布不能和别的操作合成一组。请更新程序后再试。"
        en "Publish by itself" "Publishing cannot be one of a bundle. Update the program and try again.";
    /// The file is empty.
    EMPTY = "SK-4220" 422
        zh "文件是空的" "文件里没有内容。请重新选择，或重新拍摄。"
        en "The file is empty" "The file holds nothing. Choose it again, or take another.";
    /// The file is too large.
    TOO_LARGE = "SK-4221" 413
        zh "文件太大" "照片最大 {photo} MB，录音最大 {recording} MB。请压缩或截短后再上传。"
        en "The file is too large" "A photo has at most {photo} MB, a recording {recording} MB. Make it smaller or shorter, then upload again.";
    /// The file is of no kind that is taken.
    KIND = "SK-4222" 415
        zh "不是照片或录音" "只接受照片（JPEG、PNG、WebP）和录音（MP3、M4A、OGG、WAV）。文件类型按内容判断，改名没有用。"
        en "Neither a photo nor a recording" "Photos are JPEG, PNG or WebP, recordings MP3, M4A, OGG or WAV. What a file is is told by its content, not by its name.";
    /// It is a recording where a photo belongs, or the other way round.
    OTHER_KIND = "SK-4223" 422
        zh "文件与作品不符" "照片里要放照片文件，录音里要放录音文件。请换一个文件，或另建一件作品。"
        en "File of the other kind" "A photo takes a picture file, a recording an audio file. Choose another file, or register another work.";
    /// The file does not hold together.
    DAMAGED = "SK-4224" 422
        zh "文件已损坏" "文件不完整或已损坏，无法读取。请重新上传，或换一个文件。"
        en "The file is damaged" "The file is incomplete or damaged and cannot be read. Upload it again, or choose another.";
    /// The picture has too many pixels.
    PIXELS = "SK-4225" 422
        zh "照片尺寸太大" "照片最大 {most} 百万像素，边长最多 {side} 像素。请缩小后再上传。"
        en "Too many pixels" "A picture has at most {most} million pixels and {side} along a side. Make it smaller and upload again.";
    /// Another work holds the same file.
    TWICE = "SK-4226" 409
        zh "已经有了" "同一个文件已在另一件作品里（{work}），没有再存一份。"
        en "It is there already" "The same file is in another work already ({work}); it was not stored twice.";
    /// The bytes of a file are gone or wrong.
    GONE = "SK-4227" 500
        zh "文件读不出来" "登记的文件不在了，或内容对不上。请联系管理员运行 skein verify，必要时用备份恢复。"
        en "The file cannot be read" "The file on record is missing or its content is wrong. Ask your administrator to run skein verify, and to restore a backup if needed.";
    /// The part of a file that is asked for is not there.
    RANGE = "SK-4228" 416
        zh "没有这一段" "所要的一段超出了文件。"
        en "No such part" "The part that was asked for is beyond the file.";
}
