using System.Text.Json;
using System.Text.Json.Serialization;
using Bulkhead.Api.Problems;
using Bulkhead.Api.Text;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Drivers;

namespace Bulkhead.Conformance;

/// <summary>
/// What this system offers to others, as one machine-readable document (NORP-008). Made from the code, so that it cannot say what the code
/// does not do.
/// </summary>
public sealed record NorpInterface
{
    public string System { get; init; } = "Bulkhead";

    public string Version { get; init; } = typeof(NorpInterface).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The specifications whose rows <c>bulkhead conformance</c> runs.</summary>
    public IReadOnlyList<string> Specifications { get; init; } =
        [.. ConformanceSuite.Rows.Select(r => r.Id[..8]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Ids of the rows.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [.. ConformanceSuite.Rows.Select(r => r.Id)];

    public string ExecutionId { get; init; } = "exec_<uuid v4>, fixed before any resource is allocated";

    public string ResourceKey { get; init; } = new Engine.Resources.ResourceKey("{tenant}", "exec_{uuid}", "{type}", "{id}").ToString();

    /// <summary>What a tenant is told by: the class of each fault.</summary>
    public IReadOnlyList<ProblemClass> ErrorClasses { get; init; } = Enum.GetValues<ProblemClass>();

    /// <summary>In this order, none skipped; no external system is touched before execute.</summary>
    public IReadOnlyList<string> Stages { get; init; } = ["structure", "compile", "context", "execute", "aggregate", "account"];

    public string Order { get; init; } = "Kahn; priority ascending, then id (ordinal); groups are barriers";

    public IReadOnlyList<string> NodeTypes { get; init; } = Api.Workflows.NodeTypes.All;

    public IReadOnlyList<string> Actions { get; init; } = ActionNames.All;

    public IReadOnlyList<string> ConnectionTypes { get; init; } = [.. DriverRegistry.BuiltIn.Types.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> ResourceEvents { get; init; } = ["RESOURCE_ALLOCATED", "RESOURCE_REUSED", "RESOURCE_DISPOSED"];

    public IReadOnlyDictionary<string, int> Limits { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["document_bytes"] = InputBounds.DocumentBytes,
        ["depth"] = InputBounds.Depth,
        ["nodes"] = InputBounds.Nodes,
    };

    public string ToJson() => JsonSerializer.Serialize(this, NorpInterfaceJson.Default.NorpInterface);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(NorpInterface))]
internal sealed partial class NorpInterfaceJson : JsonSerializerContext;
