//! What the stages say about themselves.

use clap::ValueEnum;

use super::Stage;

#[test]
fn every_stage_is_run_and_can_be_chosen_by_its_name() {
    assert_eq!(Stage::ALL.len(), Stage::value_variants().len());
    for stage in Stage::ALL {
        assert_eq!(Stage::from_str(stage.name(), false), Ok(stage));
    }
}
