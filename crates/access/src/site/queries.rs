//! What a site has set.

use journal::{Node, StoreError};
use kernel::SiteId;

use super::{Site, Watch};

/// After how long Today tells of whom and what nobody has been to.
pub async fn watch(node: &Node, site: SiteId) -> Result<Watch, StoreError> {
    let held = node.held(site, "site", site.0).await?;
    Ok(held.map(|held| journal::state::<Site>(&held).watch).unwrap_or_default())
}
