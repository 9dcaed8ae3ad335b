import AulaModel
import AulaTemplates
import AulaTokens

extension Expander {
    /// Everything in the cluster: aula's own namespace, the shared servers, then each group's environments.
    mutating func addKubernetes(_ bindings: Bindings) {
        var context = RenderContext(cohort: cohort, envFrom: library.envFrom(of: cohort.components))
        context.place(group: nil, environment: nil, namespace: cohort.ownNamespace)
        if let root = bindings.cohort { add(root.render(.manifests, in: context)) }
        addServers(bindings, context)
        for group in cohort.groups {
            guard !isTooLarge() else { return }
            for environment in cohort.environments {
                var components: [Rendering] = []
                for binding in bindings.components {
                    guard let rendering = render(binding, group, environment, &context) else { continue }
                    components.append(rendering)
                }
                context.place(
                    group: group, environment: environment.name,
                    namespace: cohort.namespace(of: group, in: environment))
                addEnvironment(bindings.environment, components, context)
            }
        }
    }

    private mutating func addServers(_ bindings: Bindings, _ context: RenderContext) {
        var context = context
        for environment in cohort.environments {
            for binding in bindings.components {
                guard let component = binding.component, component.shared != nil else { continue }
                let namespace = cohort.serverNamespace(of: component, in: environment)
                context.place(
                    group: nil, environment: environment.name, namespace: namespace, serverNamespace: namespace)
                let special = overridden(binding, [environment.overrides.components[component.name]])
                add(special.render(.server, in: context))
            }
        }
    }

    /// Adds what an environment gets before its components, with a quota that they fit, and then the components.
    ///
    /// The template's own sizes are the least; where the components need more, the quota is just that.
    private mutating func addEnvironment(
        _ common: TemplateBinding?, _ components: [Rendering], _ context: RenderContext
    ) {
        var renderings = components
        if let common { renderings.insert(common.render(.manifests, in: context), at: 0) }
        // Of a cluster that is not ours to size nobody knows how many nodes it has before it is read.
        let nodes = cohort.site.azure?.cluster.nodes ?? 1
        let need = QuotaNeed(of: renderings, in: context.namespace, nodes: nodes)
        if let common {
            var larger = context
            larger.values = need.values(beyond: common.template.parameters)
            if !larger.values.isEmpty { renderings[0] = common.render(.manifests, in: larger) }
        }
        for rendering in renderings {
            diagnostics += need.findings(about: rendering, in: context.namespace)
            add(rendering)
        }
    }

    private mutating func render(
        _ binding: TemplateBinding, _ group: Group, _ environment: Environment, _ context: inout RenderContext
    ) -> Rendering? {
        guard let component = binding.component else { return nil }
        let special = overridden(
            binding,
            [environment.overrides.components[component.name], group.overrides.components[component.name]])
        let namespace = cohort.namespace(of: group, in: environment)
        let shared = component.shared != nil
        context.place(
            group: group, environment: environment.name, namespace: namespace,
            serverNamespace: shared ? cohort.serverNamespace(of: component, in: environment) : nil)
        return special.render(shared ? .client : .manifests, in: context)
    }

    private mutating func overridden(
        _ binding: TemplateBinding, _ overrides: [ComponentOverride?]
    ) -> TemplateBinding {
        let present = overrides.compactMap { $0 }
        guard !present.isEmpty else { return binding }
        let (special, findings) = binding.overridden(by: present)
        diagnostics += findings
        return special
    }

    private mutating func add(_ rendering: Rendering) {
        diagnostics += rendering.diagnostics
        declared += rendering.needs
        for (index, resource) in rendering.resources.enumerated() {
            var resource = TokenPart.applying(cohort.tokens, to: resource)
            noteToken(resource)
            let position = index < rendering.positions.count ? rendering.positions[index] : nil
            reach.note(resource, at: position)
            if let cluster = cohort.clusterAddress, resource.container == nil { resource.container = cluster }
            outputRights.note(resource, at: position)
            add(resource, at: position)
        }
    }
}
