extension Environment {
    /// GitLab's deployment tier for an environment of this name.
    ///
    /// Source: GitLab's documentation of environments, deployment tiers.
    package var tier: String {
        switch name {
        case "prod", "production", "live": "production"
        case "staging", "stage", "pre", "preprod": "staging"
        case "test", "testing", "qa", "uat": "testing"
        case "dev", "development", "review": "development"
        default: "other"
        }
    }
}
