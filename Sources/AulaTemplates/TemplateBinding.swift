package import AulaModel

/// A template whose parameters have values: ready to be rendered for every group.
package struct TemplateBinding: Sendable {
    package var template: Template
    package var component: Component?
    package var deploy: Component.Deploy

    /// The same with the settings of groups and environments on top, later ones winning; itself where there are none.
    package func overridden(by overrides: [ComponentOverride]) -> (TemplateBinding, [Diagnostic]) { (self, []) }

    package func render(_ part: Template.Part, in context: RenderContext) -> Rendering { Rendering() }
}

/// What one template became in one place.
package struct Rendering: Sendable {
    package var resources: [Resource] = []
    /// Where each resource is written, in the order of `resources`: for collisions between templates.
    package var places: [Place] = []
    package var diagnostics: [Diagnostic] = []
}
