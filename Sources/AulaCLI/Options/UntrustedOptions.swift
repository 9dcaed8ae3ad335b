import ArgumentParser

/// How to look at a cohort file that somebody else wrote.
struct UntrustedOptions: ParsableArguments {
    @Flag(
        help: """
            The file is somebody else's: only aula's own templates count, only files in its folder are read, and where \
            to look is said here, not by the file.
            """)
    var untrusted = false

    @Option(help: ArgumentHelp("With --untrusted: the cluster to look at.", valueName: "name"))
    var context: String?

    @Option(help: ArgumentHelp("With --untrusted: the Azure subscription to look at.", valueName: "id"))
    var subscription: String?

    @Option(help: ArgumentHelp("With --untrusted: the GitLab to look at.", valueName: "url"))
    var gitlab: String?

    func validate() throws {
        guard !untrusted, context != nil || subscription != nil || gitlab != nil else { return }
        throw ValidationError("--context, --subscription and --gitlab are for --untrusted: otherwise the file says it")
    }

    /// Nil for a file that its reader trusts.
    func distrust(isOffline: Bool) -> Distrust? {
        guard untrusted else { return nil }
        return Distrust(context: context, subscription: subscription, gitlab: gitlab, isOffline: isOffline)
    }
}
