extension GitLabKind {
    /// The table: a new kind is a row in one of the files beside, and its name here.
    static let all: [GitLabKind] =
        variables + [
            labels, milestones, issues, deployTokens, accessTokens, agents, agentTokens, deployKeys, environments,
            schedules, scheduleVariables, featureFlags, hooks, protectedBranches, protectedTags, accessRequests, shares,
            mergeRequests, pipelines, jobs,
            deployments,
        ]
}
