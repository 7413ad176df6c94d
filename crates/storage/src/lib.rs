//! The ports' media side: local disk or S3-compatible object storage
