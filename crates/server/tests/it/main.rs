//! The program as its users reach it: every route as nobody, as a stranger, as somebody; the scenarios by the interface.

mod attention;
mod care;
mod cli;
mod client;
mod entry;
mod events;
mod forms;
mod gatherings;
mod imports;
mod imports_bad;
mod links;
mod loops;
mod merged;
mod notes;
mod openapi;
mod referrals;
mod rolls;
mod routes;
mod sessions;
mod staying;
mod trips;
mod twice;
mod work_files;
mod works;
mod years;
