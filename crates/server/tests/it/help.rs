//! The help of the command line in Chinese.

use clap::{Arg, Command};
use kernel::Lang;
use server::cli::command;
use server::cli::help::{chinese, localised, wrong};

fn untranslated(command: &Command, missing: &mut Vec<String>) {
    let about = command.get_about().map(ToString::to_string);
    let helps = command.get_arguments().filter_map(|arg| arg.get_help().map(ToString::to_string));
    let values = command.get_arguments().flat_map(Arg::get_possible_values);
    let values = values.filter_map(|value| value.get_help().map(ToString::to_string));
    missing.extend(about.into_iter().chain(helps).chain(values).filter(|text| chinese(text).is_none()));
    command.get_subcommands().for_each(|sub| untranslated(sub, missing));
}

#[test]
fn every_text_has_its_translation() {
    let mut missing = Vec::new();
    untranslated(&command(), &mut missing);
    assert!(missing.is_empty(), "without Chinese in cli/help.rs: {missing:#?}");
}

#[test]
fn help_and_mistakes_are_in_the_readers_language() {
    for (lang, words, wrong_words) in [
        (Lang::Zh, ["用法：", "命令", "选项", "（不写就是 skein-data）"], "不认识“--fle”"),
        (Lang::Hant, ["用法：", "命令", "選項", "（不寫就是 skein-data）"], "不認識“--fle”"),
    ] {
        let help = localised(command(), lang).render_long_help().to_string();
        for word in words {
            assert!(help.contains(word), "{word} in {help}");
        }
        assert!(!help.contains("Usage") && !help.contains("Options") && !help.contains("default"), "{help}");
        let tried = localised(command(), lang).try_get_matches_from(["skein", "import", "--fle"]);
        let said = wrong(&tried.unwrap_err(), lang).unwrap();
        assert!(said.contains(wrong_words), "{said}");
    }
    localised(command(), Lang::Zh).debug_assert();
}
