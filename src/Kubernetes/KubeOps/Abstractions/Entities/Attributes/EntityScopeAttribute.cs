namespace KubeOps.Abstractions.Entities.Attributes;

/// <summary>Scope of a custom resource. Without it: namespaced.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class EntityScopeAttribute(EntityScope scope = default) : Attribute
{
    public EntityScope Scope => scope;
}
