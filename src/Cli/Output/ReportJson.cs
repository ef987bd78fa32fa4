using System.Text.Json.Serialization;
using Bulkhead.Api.Problems;

namespace Bulkhead.Cli.Output;

[JsonSerializable(typeof(ProblemClass))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class ReportJson : JsonSerializerContext;
