/// Cohort files for tests that need no Azure: the sandbox's ready-made cluster and its GitLab.
enum Cohorts {
    static func small(
        name: String = "demo", id: String = "d3m0d3m0", title: String = "A small class", groups: String = "2",
        environments: String = "[test]", components: String? = nil, gitlab: String? = "memo2-fiuba/demo",
        registration: String = "variables", more: String = ""
    ) -> String {
        // Without GitLab nobody delivers an image, so the file must name one.
        let image = gitlab == nil ? ", image: registry.example/api:1" : ""
        let components = components ?? "api: { template: api, port: 8080\(image) }"
        var text = """
            version: 1
            name: \(name)
            id: \(id)
            title: \(title)
            groups: \(groups)
            environments: \(environments)
            components:
              \(components)
            kubernetes: {}

            """
        if let gitlab {
            text += """
                gitlab:
                  url: http://127.0.0.1
                  group: \(gitlab)
                  registration: \(registration)

                """
        }
        return text + more
    }
}
