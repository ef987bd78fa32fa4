using System.Text.Json;
using System.Text.Json.Serialization;
using Bulkhead.Api.Contract;
using Bulkhead.Server.Executions;
using Bulkhead.Server.Feeds;
using Bulkhead.Server.Http;

namespace Bulkhead.Server;

/// <summary>What the server writes and reads as JSON: snake_case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = ContractJson.MaxDepth,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(ExecutionRecord))]
[JsonSerializable(typeof(ExecutionView))]
[JsonSerializable(typeof(ExecutionPage))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(FeedFrame))]
[JsonSerializable(typeof(ResumeRequest))]
[JsonSerializable(typeof(CallerView))]
internal sealed partial class ServerJson : JsonSerializerContext;
