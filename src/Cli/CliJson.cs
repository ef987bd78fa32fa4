using System.Text.Json.Serialization;
using Bulkhead.Api.Problems;

namespace Bulkhead.Cli;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemClass))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Commands.LintReport))]
[JsonSerializable(typeof(IReadOnlyList<Cluster.TenantUse>))]
[JsonSerializable(typeof(IReadOnlyList<Cluster.Doctor.Finding>))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(Dictionary<string, System.Text.Json.JsonElement>))]
internal sealed partial class CliJson : JsonSerializerContext;
