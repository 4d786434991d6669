//! Record linkage: blocking, comparison, Fellegi-Sunter weights, clusters.
