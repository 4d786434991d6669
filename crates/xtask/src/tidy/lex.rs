//! Telling code from comments and strings, for Rust and for TypeScript.

/// A text with its comments and strings taken out, line for line.
#[derive(Debug, Default)]
pub(super) struct Lexed {
    /// The code: comments and the insides of strings are blanks, lines are where they were.
    pub code: String,
    /// String literals: the line they start on (from 1) and their content.
    pub strings: Vec<(usize, String)>,
    /// Comments: the line (from 1) and one line of text each.
    pub comments: Vec<(usize, String)>,
}

/// Which language's comments and strings to understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    TypeScript,
}

/// Splits a text.
pub(super) fn lex(text: &str, language: Language) -> Lexed {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, line: 1, out: Lexed::default() };
    let mut templates = Vec::new();
    while lexer.at < lexer.chars.len() {
        match language {
            Language::Rust => lexer.rust(),
            Language::TypeScript => lexer.typescript(&mut templates),
        }
    }
    lexer.out
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    out: Lexed,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn starts(&self, with: &str) -> bool {
        with.chars().enumerate().all(|(i, c)| self.peek(i) == c)
    }

    /// Takes one character, shown as itself or as a blank.
    fn take(&mut self, shown: bool) -> char {
        let c = self.peek(0);
        self.at += 1;
        if c == '\n' {
            self.line += 1;
            self.out.code.push('\n');
        } else {
            self.out.code.push(if shown { c } else { ' ' });
        }
        c
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.take(false);
        }
    }

    fn at_end(&self) -> bool {
        self.at >= self.chars.len()
    }

    fn rust(&mut self) {
        let after_word = self.at > 0 && is_word(self.chars[self.at - 1]);
        if self.comment(true) {
            return;
        }
        match self.peek(0) {
            '"' => self.string('"'),
            'r' | 'b' | 'c' if !after_word && self.raw_hashes().is_some() => self.raw_string(),
            '\'' if self.is_char() => self.string('\''),
            _ => {
                self.take(true);
            }
        }
    }

    /// Takes a comment, if one starts here.
    fn comment(&mut self, nested: bool) -> bool {
        if self.starts("//") {
            let line = self.line;
            let mut words = String::new();
            while !self.at_end() && self.peek(0) != '\n' {
                words.push(self.take(false));
            }
            self.out.comments.push((line, words));
            return true;
        }
        if !self.starts("/*") {
            return false;
        }
        let mut depth = 0;
        let mut words = String::new();
        let mut line = self.line;
        while !self.at_end() {
            if self.starts("/*") && (nested || depth == 0) {
                depth += 1;
                self.skip(2);
            } else if self.starts("*/") {
                depth -= 1;
                self.skip(2);
                if depth == 0 {
                    break;
                }
            } else if self.take(false) == '\n' {
                self.out.comments.push((line, std::mem::take(&mut words)));
                line = self.line;
            } else {
                words.push(self.chars[self.at - 1]);
            }
        }
        self.out.comments.push((line, words));
        true
    }

    /// A string or a character with escapes, from its opening quote to its closing one.
    fn string(&mut self, quote: char) {
        let line = self.line;
        let mut content = String::new();
        self.take(true);
        while !self.at_end() && self.peek(0) != quote {
            if self.peek(0) == '\\' {
                content.push(self.take(false));
                if self.at_end() {
                    break;
                }
            }
            content.push(self.take(false));
        }
        if !self.at_end() {
            self.take(true);
        }
        self.out.strings.push((line, content));
    }

    /// How many `#` a raw string that starts here has.
    fn raw_hashes(&self) -> Option<usize> {
        let prefix = match (self.peek(0), self.peek(1)) {
            ('r', _) => 1,
            ('b' | 'c', 'r') => 2,
            _ => return None,
        };
        let rest = self.chars.get(self.at + prefix..).unwrap_or_default();
        let hashes = rest.iter().take_while(|c| **c == '#').count();
        (self.peek(prefix + hashes) == '"').then_some(hashes)
    }

    fn raw_string(&mut self) {
        let hashes = self.raw_hashes().unwrap_or_default();
        let end: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        let line = self.line;
        while self.peek(0) != '"' {
            self.take(true);
        }
        self.take(true);
        let mut content = String::new();
        while !self.at_end() && !self.starts(&end) {
            content.push(self.take(false));
        }
        for _ in 0..=hashes {
            if !self.at_end() {
                self.take(true);
            }
        }
        self.out.strings.push((line, content));
    }

    /// Whether a quote opens a character rather than a lifetime.
    fn is_char(&self) -> bool {
        self.peek(1) == '\\' || self.peek(2) == '\''
    }

    fn typescript(&mut self, templates: &mut Vec<usize>) {
        if self.comment(false) {
            return;
        }
        match self.peek(0) {
            '"' => self.string('"'),
            '\'' => self.string('\''),
            '`' => self.template(templates),
            '/' if self.is_regex() => self.regex(),
            '{' => {
                if let Some(depth) = templates.last_mut() {
                    *depth += 1;
                }
                self.take(true);
            }
            '}' => match templates.last_mut() {
                Some(0) => {
                    templates.pop();
                    self.template_rest(templates);
                }
                Some(depth) => {
                    *depth -= 1;
                    self.take(true);
                }
                None => {
                    self.take(true);
                }
            },
            _ => {
                self.take(true);
            }
        }
    }

    fn template(&mut self, templates: &mut Vec<usize>) {
        self.take(true);
        self.template_text(templates);
    }

    /// After the `}` that ends a `${…}`.
    fn template_rest(&mut self, templates: &mut Vec<usize>) {
        self.take(false);
        self.template_text(templates);
    }

    fn template_text(&mut self, templates: &mut Vec<usize>) {
        let line = self.line;
        let mut content = String::new();
        while !self.at_end() {
            if self.peek(0) == '`' {
                self.take(true);
                break;
            }
            if self.starts("${") {
                self.skip(2);
                templates.push(0);
                break;
            }
            if self.peek(0) == '\\' {
                content.push(self.take(false));
            }
            if !self.at_end() {
                content.push(self.take(false));
            }
        }
        self.out.strings.push((line, content));
    }

    /// Whether a slash opens a regular expression: it does where a value cannot have just ended.
    fn is_regex(&self) -> bool {
        let before = self.out.code.trim_end_matches([' ', '\t']);
        let Some(last) = before.chars().next_back() else { return true };
        let word: String = before.chars().rev().take_while(|c| is_word(*c)).collect();
        let word: String = word.chars().rev().collect();
        matches!(word.as_str(), "return" | "case" | "typeof" | "of" | "in")
            || "(,=:[!&|?{};+\n>".contains(last)
    }

    fn regex(&mut self) {
        self.take(true);
        let mut in_class = false;
        while !self.at_end() && self.peek(0) != '\n' && (in_class || self.peek(0) != '/') {
            match self.take(false) {
                '\\' => self.skip(1),
                '[' => in_class = true,
                ']' => in_class = false,
                _ => {}
            }
        }
        if self.peek(0) == '/' {
            self.take(true);
        }
    }
}

/// Whether a character can be part of a name.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}
