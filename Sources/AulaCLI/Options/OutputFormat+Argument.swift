import ArgumentParser
import AulaReport

extension OutputFormat: ExpressibleByArgument {}
