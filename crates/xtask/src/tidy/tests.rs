//! Each rule with what breaks it and what does not, and the checkout itself.

use super::lex::{Language, lex};
use super::shape::{rust_functions, test_lines, typescript_functions};
use super::{Finding, Tree, check};
use crate::sh;

#[test]
fn the_checkout_is_tidy() {
    let findings = check(&Tree::read(&sh::root()).unwrap());
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "\n{}", lines.join("\n"));
}

/// The rules that one file breaks, with their lines.
fn broken(path: &str, text: &str) -> Vec<(&'static str, usize)> {
    broken_in(&[(path, text)])
}

fn broken_in(files: &[(&str, &str)]) -> Vec<(&'static str, usize)> {
    check(&Tree::of(files)).into_iter().map(|Finding { rule, line, .. }| (rule, line)).collect()
}

const CODE: &str = "crates/people/src/person/page.rs";
const STATE: &str = "crates/people/src/person/state.rs";

#[test]
fn comments_and_strings_are_told_from_code() {
    let text = r##"let a = "x // {"; // one {
/* two /* nested { */ "still" */ let b = r#"raw " {"#;
let c = '"'; let d: &'static str = b"\" {"; let e = '\''; let r#fn = 'a'; f::<'_>();
"##;
    let lexed = lex(text, Language::Rust);
    assert!(!lexed.code.contains('{'), "{}", lexed.code);
    assert!(lexed.code.contains("let b =") && lexed.code.contains("f::<'_>();"));
    let strings: Vec<&str> = lexed.strings.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(strings, ["x // {", "raw \" {", "\"", "\\\" {", "\\'", "a"]);
    assert_eq!(lexed.code.lines().count(), text.lines().count());
}

#[test]
fn a_text_that_ends_anywhere_is_lexed() {
    let text = "fn 李娜() { let 𠮷 = r#\"𠮷\"#; /* 𠮷 */ '𠮷'; \"\\\"\" } // <script>";
    for (end, _) in text.char_indices() {
        lex(&text[..end], Language::Rust);
        lex(&text[..end], Language::TypeScript);
        rust_functions(&text[..end]);
        typescript_functions(&text[..end]);
    }
    let long = "'".repeat(10_000);
    lex(&long, Language::Rust);
}

#[test]
fn templates_and_regular_expressions_are_told_from_code() {
    let text = "const a = `x ${b({ c: '}' })} {`; const d = /[/{]\\//g; const e = f / 2 / 3; // {\n";
    let lexed = lex(text, Language::TypeScript);
    assert_eq!(lexed.code.matches('{').count(), 1, "{}", lexed.code);
    assert!(lexed.code.contains("b({") && lexed.code.contains("f / 2 / 3;"));
}

#[test]
fn functions_are_measured_with_their_signature() {
    let code =
        "fn a(\n  x: [u8; 3],\n) -> u8\n{\n  1\n}\ntrait T { fn declared(&self); }\nlet f: fn(u8) = a;\n";
    let found = rust_functions(code);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].line, found[0].length), ("a", 1, 6));
    let ts = "export function f(a: { b: number }): void {\n  if (a) {\n  }\n}\nconst g = async () => {\n};\n\
              describe('x', () => {\n  it('y', () => {\n  })\n})\nclass K { m(): Map<string, number> {\n  } }\n";
    let names: Vec<String> = typescript_functions(ts).into_iter().map(|f| f.name).collect();
    assert_eq!(names, ["f", "g", "it", "m"]);
}

#[test]
fn files_and_functions_have_a_most() {
    let long = |lines: usize| format!("fn f() {{\n{}}}\n", "    a();\n".repeat(lines));
    assert_eq!(broken(CODE, &long(68)), []);
    assert_eq!(broken(CODE, &long(69)), [("function-length", 1)]);
    assert_eq!(broken("web/src/a.ts", &format!("function {}", &long(69)[3..])), [("function-length", 1)]);
    let vue = format!(
        "<template>\n</template>\n<script setup lang=\"ts\">\nfunction {}</script>\n",
        &long(70)[3..]
    );
    assert_eq!(broken("web/src/A.vue", &vue), [("function-length", 4)]);
    assert_eq!(broken("web/src/a.css", &"a {}\n".repeat(601)), [("file-length", 0)]);
}

#[test]
fn time_ids_and_randomness_are_not_ambient() {
    for call in ["SystemTime::now()", "jiff::Timestamp::now()", "Ulid::new()", "getrandom::fill(&mut b)"] {
        assert_eq!(broken(CODE, &format!("fn f() {{\n    {call};\n}}\n")), [("ambient", 2)], "{call}");
        let test = format!("#[cfg(test)]\nmod tests {{\n    fn f() {{\n        {call};\n    }}\n}}\n");
        assert_eq!(broken(CODE, &test), []);
    }
    assert_eq!(broken(CODE, "// Instant::now\nconst A: &str = \"Instant::now\";\nMyUlid::newer();\n"), []);
}

#[test]
fn unwrap_and_printing_belong_in_tests_and_programs() {
    let text = "fn f() {\n    a.unwrap();\n    println!();\n    b.unwrap_or(1);\n}\n";
    assert_eq!(broken(CODE, text), [("unwrap", 2), ("print", 3)]);
    assert_eq!(broken("crates/server/src/page.rs", text), [("unwrap", 2)]);
    assert_eq!(broken("crates/people/tests/it.rs", text), []);
    assert_eq!(broken("crates/people/examples/it.rs", text), []);
    let declared = [
        ("crates/people/src/lib.rs", "//! People.\n#[cfg(test)]\nmod cast;\n"),
        ("crates/people/src/cast.rs", text),
    ];
    assert_eq!(broken_in(&declared), []);
}

#[test]
fn nothing_is_left_unfinished() {
    for call in ["todo!()", "unimplemented!()", "dbg!(a)"] {
        assert_eq!(
            broken("crates/people/tests/it.rs", &format!("fn f() {{ {call}; }}\n")),
            [("unfinished", 1)]
        );
    }
    let word = ["TO", "DO"].concat();
    assert_eq!(broken(CODE, &format!("fn f() {{}} // {word}: later\n")), [("unfinished", 1)]);
    assert_eq!(broken("web/src/a.ts", &format!("/* {word} */\n")), [("unfinished", 1)]);
    assert_eq!(broken("web/src/a.css", &format!("/*\n{word} */\n")), [("unfinished", 2)]);
    assert_eq!(broken(CODE, &format!("const A: &str = \"{word}\";\n")), []);
}

#[test]
fn sql_stays_in_its_place() {
    let text = "const A: &str = \"SELECT a\n FROM b\";\n";
    assert_eq!(broken(CODE, text), [("sql-place", 1)]);
    assert_eq!(broken("crates/people/src/person/queries.rs", text), []);
    assert_eq!(broken("crates/journal/src/writer.rs", text), []);
    for words in ["UPDATE a SET b = 1", "INSERT OR IGNORE INTO a VALUES (1)", "DELETE FROM a", "DROP TABLE a"]
    {
        assert_eq!(broken(CODE, &format!("const A: &str = \"{words}\";\n")), [("sql-place", 1)], "{words}");
    }
    for words in ["Select a file", "UPDATE is a word", "the DROP TABLE boy", "CREATE"] {
        assert_eq!(broken(CODE, &format!("const A: &str = \"{words}\";\n")), [], "{words}");
    }
}

#[test]
fn pure_modules_know_no_runtime() {
    assert_eq!(broken(STATE, "use tokio::fs;\n"), [("pure-module", 1)]);
    assert_eq!(broken(STATE, "//! Not about axum.\nuse kernel::Record;\n"), []);
    assert_eq!(broken(CODE, "use tokio::fs;\n"), []);
}

const HEAD: &str = "[package]\ndescription = \"People and their names.\"\n[lib]\ntest = false\n[lints]\nworkspace = true\n\
    [dependencies]\n";

#[test]
fn contexts_do_not_import_each_other() {
    let with = |name: &str| {
        let manifest = format!("{HEAD}{name}.workspace = true\n");
        broken_in(&[("crates/people/Cargo.toml", &manifest), ("crates/people/src/lib.rs", "//! People.\n")])
    };
    assert_eq!(with("community"), [("context-import", 8)]);
    assert_eq!(with("kernel"), []);
}

#[test]
fn a_crate_says_what_it_is_for() {
    let lib = ("crates/people/src/lib.rs", "mod a;\n");
    assert_eq!(broken_in(&[("crates/people/Cargo.toml", HEAD), lib]), [("crate-doc", 0)]);
    let bare = ("crates/people/Cargo.toml", "[package]\n");
    let two = [bare, ("crates/people/src/lib.rs", "//! People.\n")];
    assert_eq!(broken_in(&two), [("crate-doc", 0), ("crate-doc", 0), ("unit-tests", 0)]);
}

#[test]
fn a_library_is_a_test_program_where_it_has_unit_tests() {
    let lib = ("crates/people/src/lib.rs", "//! People.\n");
    let tested = ("crates/people/src/a.rs", "#[cfg(test)]\nmod tests {}\n");
    let [with, without] = [HEAD.replace("[lib]\ntest = false\n", ""), HEAD.to_owned()];
    let broken = |manifest: &str, more: &[(&str, &str)]| {
        broken_in(&[&[("crates/people/Cargo.toml", manifest), lib], more].concat())
    };
    assert_eq!(broken(&without, &[]), []);
    assert_eq!(broken(&with, &[]), [("unit-tests", 0)]);
    assert_eq!(broken(&with, &[tested]), []);
    assert_eq!(broken(&without, &[tested]), [("unit-tests", 0)]);
}

#[test]
fn migrations_come_in_pairs() {
    let crate_ = [("crates/people/Cargo.toml", HEAD), ("crates/people/src/lib.rs", "//! People.\n")];
    let one = [crate_[0], crate_[1], ("crates/people/migrations/sqlite/1.sql", "")];
    assert_eq!(broken_in(&one), [("migration-pair", 0)]);
    let both = [one[0], one[1], one[2], ("crates/people/migrations/postgres/1.sql", "")];
    assert_eq!(broken_in(&both), []);
}

#[test]
fn every_path_that_a_document_names_exists() {
    let bad = "See `crates/people/src/gone.rs`,\n`docs/gone/` and [this](gone.md).\n";
    assert_eq!(broken("README.md", bad), [("dead-path", 1), ("dead-path", 2), ("dead-path", 2)]);
    let good = "`README.md`, `crates/people`, `src/lib.rs` in it, `/api/person`, `text/html`, `crates/*/x.rs`, \
                [web](https://example.org/a.md), [top](#top)\n```\n`crates/gone.rs`\n```\n";
    let files =
        [("README.md", ""), ("crates/people/a.md", good), ("crates/people/src/lib.rs", "//! People.\n")];
    assert_eq!(broken_in(&files), []);
}

#[test]
fn a_decision_has_a_heading_and_a_date() {
    assert_eq!(broken("docs/decisions/0001-a.md", "# A\n\n2026-11-24\n"), []);
    assert_eq!(broken("docs/decisions/0001-a.md", "# A\n\nWhy not\n"), [("decision-head", 1)]);
    assert_eq!(broken("docs/decisions/0001-a.md", "A\n"), [("decision-head", 1)]);
}

#[test]
fn listed_words_are_found_everywhere_but_in_the_list() {
    let list = (super::words::LIST, "# why\n/somewhere/\n");
    assert_eq!(broken_in(&[list, ("a.sh", "true\ncd /somewhere/x\n")]), [("forbidden-word", 2)]);
    assert_eq!(broken_in(&[list]), []);
}

#[test]
fn exceptions_cover_what_they_name_and_only_shrink() {
    let with = |count: &str, calls: usize| {
        let text = format!("fn f() {{\n{}}}\n", "    a.unwrap();\n".repeat(calls));
        let list = format!("# what\nunwrap | {CODE} | {count} | a reason of several words\n");
        broken_in(&[(super::exceptions::LIST, &list), (CODE, &text)])
    };
    assert_eq!(with("2", 2), []);
    assert_eq!(with("1", 2), [("unwrap", 2), ("unwrap", 3)]);
    assert_eq!(with("3", 2), [("exceptions", 2)]);
    assert_eq!(with("2", 0), [("exceptions", 2)]);
    assert_eq!(with("0", 0), [("exceptions", 2)]);
    assert_eq!(with("1 |", 1), [("unwrap", 2), ("exceptions", 2)]);
}

#[test]
fn test_regions_end_with_their_item() {
    let code = "a\n#[cfg(test)]\nmod t {\n}\nb\n#[cfg(test)]\nmod away;\nc\n#[test]\nfn x() {\n}\n";
    let (lines, modules) = test_lines(code);
    let flagged: Vec<usize> = (1..lines.len()).filter(|i| lines[*i]).collect();
    assert_eq!(flagged, [2, 3, 4, 6, 7, 9, 10, 11]);
    assert_eq!(modules, ["away"]);
}
