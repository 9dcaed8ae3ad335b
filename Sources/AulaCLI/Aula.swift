package import ArgumentParser
import AulaModel

/// The root command.
package struct Aula: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "aula",
        abstract: "Provision the infrastructure of a course from one cohort file.",
        discussion: """
            Exit codes:
            \(Outcome.allCases.map { "  \(padded($0.rawValue))  \($0.meaning)" }.joined(separator: "\n"))

            Environment variables:
              GITLAB_TOKEN        a personal access token with the scope `api`
              KUBECONFIG, AZURE_CONFIG_DIR
                                  as kubectl and az read them
              AULA_GITLAB_URL     GitLab's address, before the file's gitlab.url
              AULA_KUBECTL        the program to run as kubectl, before the PATH
              AULA_AZ             the program to run as az, before the PATH
              AULA_CA_FILE        certificates in PEM that are trusted besides the
                                  system's; SSL_CERT_FILE where it is not set
              AULA_TEMPLATES      the folder of the built-in templates, before the
                                  one that lies with the program
              NO_COLOR            with any value, no colours
            """,
        version: Version.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Write",
                subcommands: [
                    InitCommand.self, ValidateCommand.self, ExplainCommand.self, SchemaCommand.self, RenderCommand.self,
                ]),
            CommandGroup(
                name: "Provision",
                subcommands: [
                    PlanCommand.self, CostCommand.self, ApplyCommand.self, StatusCommand.self, DestroyCommand.self,
                ]),
            CommandGroup(name: "Look after", subcommands: [TokensCommand.self]),
            CommandGroup(name: "Rehearse", subcommands: [SandboxCommand.self]),
            CommandGroup(name: "About", subcommands: [VersionCommand.self]),
        ])

    package init() {}

    private static func padded(_ number: Int32) -> String {
        String(repeating: " ", count: 3 - String(number).count) + String(number)
    }
}

/// The version of this build.
enum Version {
    static let text = "0.1.0"
}
