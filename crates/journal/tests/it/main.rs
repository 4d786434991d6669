//! The pipeline on both databases, with a small context of its own: letters that persons write.

mod backups;
mod cluster;
mod context;
mod crash;
mod full;
mod outage;
mod planner;
mod privacy;
mod rebuilds;
mod rules;
mod site;
