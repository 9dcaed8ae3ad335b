import ArgumentParser

/// The tokens that pipelines deploy with.
struct TokensCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokens", abstract: "Show, try and rotate the tokens that pipelines deploy with.",
        subcommands: [ListTokensCommand.self, VerifyTokensCommand.self, RotateTokensCommand.self])
}
