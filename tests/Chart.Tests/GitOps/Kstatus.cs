using System.Text.Json.Nodes;

namespace Bulkhead.Chart.Tests.GitOps;

/// <summary>
/// The rules by which kstatus reads an object that it has no special rules for. Source: the README of kstatus (sigs.k8s.io/cli-utils), "abnormal-true"
/// conditions and observedGeneration.
/// </summary>
internal static class Kstatus
{
    public static string Of(JsonNode obj)
    {
        if (obj["metadata"]!["deletionTimestamp"] is not null) return "Terminating";
        if (obj["status"]?["observedGeneration"] is { } seen && (long)seen != (long)obj["metadata"]!["generation"]!) return "InProgress";
        if (Is(obj, "Reconciling", "True")) return "InProgress";
        if (Is(obj, "Stalled", "True")) return "Failed";
        return Is(obj, "Ready", "False") || Is(obj, "Ready", "Unknown") ? "InProgress" : "Current";
    }

    private static bool Is(JsonNode obj, string type, string value) =>
        obj["status"]?["conditions"]?.AsArray().Any(c => (string?)c!["type"] == type && (string?)c["status"] == value) == true;
}
