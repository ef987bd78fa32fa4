using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bulkhead.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace Bulkhead.Server.Http;

/// <summary>Writes answers.</summary>
internal static class Answer
{
    public static async Task JsonAsync<T>(HttpContext http, int status, T value, JsonTypeInfo<T> type)
    {
        http.Response.StatusCode = status;
        await WriteAsync(http, "application/json", value, type);
    }

    public static async Task ProblemAsync(HttpContext http, int status, string code, string title, string? detail = null, IReadOnlyList<Problem>? faults = null)
    {
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        var problem = new ProblemDocument { Code = code, Title = title, Status = status, Detail = detail, Faults = faults };
        await WriteAsync(http, "application/problem+json", problem, ServerJson.Default.ProblemDocument);
    }

    /// <summary>The one answer for what is not there and for what is another's.</summary>
    public static Task NotFoundAsync(HttpContext http) => ProblemAsync(http, StatusCodes.Status404NotFound, "NOT_FOUND", "There is nothing here.");

    private static async Task WriteAsync<T>(HttpContext http, string contentType, T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        http.Response.ContentType = $"{contentType}; charset=utf-8";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }
}
