using Bulkhead.Api.Resources;

namespace Bulkhead.Operator.Executions.Jobs;

/// <summary>An execution's pod template over its tenant's defaults: maps are merged key by key, everything else is replaced.</summary>
internal static class Templates
{
    public static PodTemplate Merge(PodTemplate? under, PodTemplate? over)
    {
        if (under is null) return over ?? new PodTemplate();
        if (over is null) return under;
        return new PodTemplate
        {
            Metadata = new PodTemplateMetadata
            {
                Labels = Merge(under.Metadata?.Labels, over.Metadata?.Labels),
                Annotations = Merge(under.Metadata?.Annotations, over.Metadata?.Annotations),
            },
            Resources = new PodResources
            {
                Requests = Merge(under.Resources?.Requests, over.Resources?.Requests),
                Limits = Merge(under.Resources?.Limits, over.Resources?.Limits),
            },
            NodeSelector = Merge(under.NodeSelector, over.NodeSelector),
            Affinity = over.Affinity ?? under.Affinity,
            Tolerations = over.Tolerations ?? under.Tolerations,
            PriorityClassName = over.PriorityClassName ?? under.PriorityClassName,
            RuntimeClassName = over.RuntimeClassName ?? under.RuntimeClassName,
            ImagePullSecrets = over.ImagePullSecrets ?? under.ImagePullSecrets,
            Image = over.Image ?? under.Image,
            ServiceAccountName = over.ServiceAccountName ?? under.ServiceAccountName,
        };
    }

    private static Dictionary<string, string>? Merge(IReadOnlyDictionary<string, string>? under, IReadOnlyDictionary<string, string>? over)
    {
        if (under is null && over is null) return null;
        var merged = new Dictionary<string, string>(under ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (key, value) in over ?? new Dictionary<string, string>()) merged[key] = value;
        return merged;
    }
}
