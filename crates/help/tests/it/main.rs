//! Requests and referrals, on both databases.

mod referrals;
mod requests;

fn contexts() -> Vec<kernel::Manifest> {
    vec![testkit::stand_in::people(), testkit::stand_in::network(), help::manifest()]
}
