extension CohortFile {
    static func starter(slug name: String, id: String) -> String {
        """
        # yaml-language-server: $schema=\(schemaName)
        version: 1
        name: \(name)
        id: \(id)                   # makes this edition's things its own; never copy it into another file
        title: \(name)

        # From the first day to the day after the last one. In a pause you stop the cluster, and nodes cost nothing.
        # term: { start: 2027-03-01, end: 2027-07-01, timezone: Europe/Madrid }
        # pauses:
        #   - { from: 2027-03-22, to: 2027-04-05, reason: Easter }
        # budget: { amount: 100, currency: USD }

        groups: 3                      # or a list of names: [Águila, Cóndor, …]
        environments: [test, prod]
        components:
          api:
            template: api
            port: 8080
            # Not needed where a GitLab project's pipeline deploys (see below).
            image: us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0
          db: { template: postgres, storage: 8Gi, shared: environment }

        # Where it runs: a cluster that you have (a context of your kubeconfig), or one that is made on Azure.
        kubernetes: {}                 # the current context, or { context: NAME }
        # azure:
        #   subscription: 00000000-0000-0000-0000-000000000000
        #   location: westus
        #   cluster: { nodeSize: Standard_B2s, nodes: 2 }

        # Where the groups' projects are; without it there are none.
        # gitlab:
        #   url: https://gitlab.com
        #   group: my-school/\(name)

        """
    }
}
