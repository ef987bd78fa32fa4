namespace Bulkhead.Api.Resources;

/// <summary>Names of the custom resources' API group.</summary>
public static class ApiGroup
{
    public const string Name = "bulkhead.dev";

    public const string Version = "v1alpha1";

    public const string ApiVersion = "bulkhead.dev/v1alpha1";

    /// <summary>The label of a namespace that names its tenant where no Tenant selects the namespace.</summary>
    public const string TenantLabel = "bulkhead.dev/tenant";
}
