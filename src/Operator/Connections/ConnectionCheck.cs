using System.Text.Json;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Resources;
using Bulkhead.Api.Text;
using Bulkhead.Operator.Executions;

namespace Bulkhead.Operator.Connections;

/// <summary>What can be said of a Connection from its spec alone.</summary>
internal static class ConnectionCheck
{
    /// <summary>Types that the worker has a driver for.</summary>
    private static readonly string[] Types = ["postgres", "http"];

    public static IEnumerable<Problem> Problems(ConnectionSpec spec)
    {
        if (!Types.Contains(spec.Type))
            yield return Fault("UNKNOWN_CONNECTION_TYPE", $"there is no driver '{spec.Type}'; there are {string.Join(", ", Types)}", "spec.type");
        if (spec.Id is { ValueKind: not (JsonValueKind.String or JsonValueKind.Number) })
            yield return Fault("WRONG_TYPE", "'id' must be a number or a string", "spec.id");
        if (spec.Config is { ValueKind: not JsonValueKind.Object })
            yield return Fault("WRONG_TYPE", "'config' must be a mapping", "spec.config");
        else if (spec.Config is { } config && JsonDepth.Of(config) > InputBounds.Depth)
            yield return Fault("TOO_DEEP", $"lists and mappings are nested deeper than {InputBounds.Depth} levels", "spec.config");
        if (spec.Pooling == "transaction" && spec.Release?.Endpoint is null)
        {
            yield return Fault(
                "POOLING_REFUSED", "'pooling: transaction' needs 'release.endpoint', the server itself: a transaction pooler makes owner tags meaningless", "spec.pooling");
        }
    }

    public static IEnumerable<string> Warnings(ConnectionSpec spec, bool isShared)
    {
        if (spec.Global == true && !isShared)
            yield return "global counts only in the operator's own namespace: this connection serves its own namespace alone.";
        if (spec.SecretRef is null && spec.Type == "postgres")
            yield return "No secretRef: the server must take a session without a password.";
        if (spec.Pooling == "session")
            yield return "A session pooler may keep the owner tag on a server session after its client has gone; set release.endpoint to ask the server itself.";
    }

    private static Problem Fault(string code, string message, string path) => new(ProblemClass.StructuralError, code, message, path);
}
