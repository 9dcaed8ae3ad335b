// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// A module imports only rows above it; `make build` turns a forgotten declaration into an error.
let package = Package(
    name: "aula",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "aula", targets: ["aula"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        // The words of the project as values.
        .target(name: "AulaModel"),
        // The one door for YAML.
        .target(name: "AulaYAML", dependencies: ["AulaModel", "Yams"]),
        .target(name: "AulaCohort", dependencies: ["AulaModel", "AulaYAML"]),
        // The tokens that pipelines deploy with: which there are, which is in use, which is wanted.
        .target(name: "AulaTokens", dependencies: ["AulaModel"]),
        .target(name: "AulaTemplates", dependencies: ["AulaModel", "AulaYAML"]),
        // What happens to a push.
        .target(name: "AulaPipelines", dependencies: ["AulaModel", "AulaYAML"]),
        .target(
            name: "AulaPlanner",
            dependencies: [
                "AulaModel", "AulaPipelines", "AulaTemplates", "AulaTokens",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .target(name: "AulaReadiness", dependencies: ["AulaModel", "AulaPlanner", "AulaTokens"]),
        .target(name: "AulaCost", dependencies: ["AulaModel", "AulaPlanner", "AulaYAML"]),
        // Doing what a plan says.
        .target(
            name: "AulaEngine",
            dependencies: ["AulaModel", "AulaPlanner", .product(name: "Logging", package: "swift-log")]),
        .target(name: "AulaExecutors", dependencies: ["AulaEngine", "AulaModel", "AulaPlanner", "AulaTokens"]),
        .target(
            name: "AulaTools",
            dependencies: [
                "AulaModel", "AulaEngine",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
            ]),
        // The embedded stand-in for the three systems: its state machines, then its servers.
        .target(
            name: "AulaSandbox",
            dependencies: ["AulaModel", "AulaYAML", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "AulaSandboxServer",
            dependencies: [
                "AulaModel", "AulaSandbox",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "SystemPackage", package: "swift-system", condition: .when(platforms: [.linux])),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "X509", package: "swift-certificates"),
            ]),
        .target(
            name: "AulaReport",
            dependencies: [
                "AulaModel", "AulaPlanner", "AulaReadiness", "AulaCost", "AulaEngine", "AulaTokens",
                .product(name: "Mustache", package: "swift-mustache"),
            ]),
        .target(
            name: "AulaCLI",
            dependencies: [
                "AulaModel", "AulaCohort", "AulaTemplates", "AulaPipelines", "AulaPlanner", "AulaReadiness", "AulaCost",
                "AulaEngine",
                "AulaExecutors", "AulaTools", "AulaTokens", "AulaSandbox", "AulaSandboxServer", "AulaReport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "aula",
            dependencies: ["AulaCLI", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
        // What tests share, and the tests, which mirror the sources.
        .target(
            name: "AulaTestSupport",
            dependencies: [
                "AulaModel", "AulaSandbox", "AulaSandboxServer",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .testTarget(
            name: "AulaCLITests",
            dependencies: [
                "AulaCLI", "AulaCohort", "AulaCost", "AulaEngine", "AulaModel", "AulaSandbox", "AulaTemplates",
                "AulaTestSupport", "AulaYAML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "AulaCohortTests", dependencies: ["AulaCohort", "AulaModel", "AulaTestSupport", "AulaYAML"]),
        .testTarget(name: "AulaCostTests", dependencies: ["AulaCost", "AulaModel", "AulaTestSupport"]),
        .testTarget(
            name: "AulaEngineTests", dependencies: ["AulaEngine", "AulaModel", "AulaPlanner", "AulaTestSupport"]),
        .testTarget(
            name: "AulaExecutorsTests",
            dependencies: [
                "AulaEngine", "AulaExecutors", "AulaModel", "AulaPlanner", "AulaReadiness", "AulaSandbox",
                "AulaTestSupport", "AulaTokens",
            ]),
        .testTarget(name: "AulaModelTests", dependencies: ["AulaModel", "AulaTestSupport"]),
        .testTarget(
            name: "AulaPipelinesTests", dependencies: ["AulaModel", "AulaPipelines", "AulaTestSupport"],
            exclude: ["Goldens"]),
        .testTarget(
            name: "AulaPlannerTests",
            dependencies: ["AulaModel", "AulaPipelines", "AulaPlanner", "AulaTemplates", "AulaTestSupport"]),
        .testTarget(
            name: "AulaReadinessTests",
            dependencies: ["AulaModel", "AulaPlanner", "AulaReadiness"]),
        .testTarget(
            name: "AulaReportTests",
            dependencies: [
                "AulaCost", "AulaEngine", "AulaModel", "AulaPlanner", "AulaReadiness", "AulaReport", "AulaTestSupport",
                "AulaTokens",
            ],
            exclude: ["Goldens"]),
        .testTarget(
            name: "AulaTemplatesTests", dependencies: ["AulaModel", "AulaTemplates", "AulaTestSupport"],
            exclude: ["Goldens"]),
        .testTarget(name: "AulaYAMLTests", dependencies: ["AulaModel", "AulaYAML"]),
        .testTarget(name: "AulaTokensTests", dependencies: ["AulaModel", "AulaTokens"]),
        .testTarget(
            name: "AulaToolsTests", dependencies: ["AulaEngine", "AulaModel", "AulaTestSupport", "AulaTools"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["AulaModel", "AulaTestSupport", "aula"], exclude: ["Goldens"]),
        .testTarget(
            name: "AulaSandboxTests", dependencies: ["AulaModel", "AulaSandbox", "AulaTestSupport", "AulaYAML"]),
        .testTarget(
            name: "AulaSandboxServerTests",
            dependencies: [
                "AulaModel", "AulaSandbox", "AulaSandboxServer", "AulaTestSupport", "AulaYAML",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
    ]
)

// Benchmarks are built only where they are asked for.
if ProcessInfo.processInfo.environment["AULA_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "PlanBenchmark", dependencies: ["AulaCohort", "AulaModel", "AulaPlanner", "AulaTemplates"],
            path: "Tests/Benchmarks/PlanBenchmark"))
    package.targets.append(
        .executableTarget(
            name: "ListBenchmark", dependencies: ["AulaEngine", "AulaModel", "AulaTools"],
            path: "Tests/Benchmarks/ListBenchmark"))
}

for target in package.targets where target.type != .plugin {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .swiftLanguageMode(.v6),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .treatAllWarnings(as: .error),
        ]
}
