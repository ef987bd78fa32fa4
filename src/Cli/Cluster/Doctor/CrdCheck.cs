using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bulkhead.Api.Resources;
using k8s.Models;

namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>Whether the cluster's custom resources are those that this command knows. Pure.</summary>
internal static class CrdCheck
{
    private const string Check = "custom resources";
    private const string Apply = "Apply the crds/ of this version: kubectl apply -f crds/ (the chart does not touch CRDs that are there).";

    private static IReadOnlyList<(string Plural, JsonTypeInfo Spec, JsonTypeInfo Status)> Known { get; } =
    [
        ("workflowexecutions", ResourceJson.Default.WorkflowExecutionSpec, ResourceJson.Default.WorkflowExecutionStatus),
        ("workflows", ResourceJson.Default.WorkflowSpec, ResourceJson.Default.WorkflowStatus),
        ("connections", ResourceJson.Default.ConnectionSpec, ResourceJson.Default.ConnectionStatus),
        ("tenants", ResourceJson.Default.TenantSpec, ResourceJson.Default.TenantStatus),
    ];

    public static IEnumerable<Finding> Of(IReadOnlyList<CrdObject> crds)
    {
        var findings = Known.Select(k => One(crds.FirstOrDefault(c => c.Name() == $"{k.Plural}.{ApiGroup.Name}"), k.Plural, k.Spec, k.Status)).OfType<Finding>().ToList();
        return findings.Count > 0 ? findings : [Finding.Ok(Check, $"all {Known.Count} of {ApiGroup.Name}/{ApiGroup.Version} are served, with every field that this command knows")];
    }

    private static Finding? One(CrdObject? crd, string plural, JsonTypeInfo spec, JsonTypeInfo status)
    {
        if (crd is null) return Finding.Wrong(Check, $"{plural}.{ApiGroup.Name} is missing", Apply);
        var version = crd.Spec.GetProperty("versions").EnumerateArray().FirstOrDefault(v => v.GetProperty("name").GetString() == ApiGroup.Version);
        if (version.ValueKind == JsonValueKind.Undefined || !version.GetProperty("served").GetBoolean())
            return Finding.Wrong(Check, $"{plural}.{ApiGroup.Name} does not serve {ApiGroup.Version}, which this command speaks", Apply);
        var lacking = Lacking(version, "spec", spec).Concat(Lacking(version, "status", status)).ToList();
        return lacking.Count == 0 ? null : Finding.Wrong(Check, $"{plural}.{ApiGroup.Name} is of another version: it drops {string.Join(", ", lacking)}", Apply);
    }

    private static IEnumerable<string> Lacking(JsonElement version, string part, JsonTypeInfo known)
    {
        var at = version;
        foreach (var step in (string[])["schema", "openAPIV3Schema", "properties", part, "properties"])
        {
            if (!at.TryGetProperty(step, out at)) return [part];
        }

        return known.Properties.Where(p => !at.TryGetProperty(p.Name, out _)).Select(p => $"{part}.{p.Name}");
    }
}
