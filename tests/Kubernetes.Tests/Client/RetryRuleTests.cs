using System.Net;
using k8s;

namespace Bulkhead.Kubernetes.Tests.Client;

public sealed class RetryRuleTests
{
    private static readonly ApiRequest Read = new(HttpMethod.Get, "/");
    private static readonly ApiRequest Write = new(HttpMethod.Post, "/");

    [Theory]
    [InlineData(429, 3, true, true, "the server has not begun")]
    [InlineData(429, null, true, true, "the server has not begun")]
    [InlineData(503, 3, true, true, "Retry-After says that it has not begun")]
    [InlineData(503, null, true, false, "a write may have happened")]
    [InlineData(500, null, true, false, "a write may have happened")]
    [InlineData(504, null, true, false, "a write may have happened")]
    [InlineData(409, null, false, false, "a conflict is an answer")]
    [InlineData(404, null, false, false, "not found is an answer")]
    public void After_Response_IsSentAgain(int code, int? retryAfter, bool read, bool write, string because)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)code);
        if (retryAfter is { } seconds)
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));

        var pauses = new[] { Read, Write }.Select(r => RetryRule.After(r, response, 1, new(), TimeProvider.System)).ToList();

        pauses.Select(p => p is not null).ShouldBe([read, write], because);
        if (retryAfter is not null)
            pauses[0].ShouldBe(TimeSpan.FromSeconds(3), "the server's own wish");
    }

    [Fact]
    public void After_TooManyTries_Ends()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);

        RetryRule.After(Read, response, 7, new(), TimeProvider.System).ShouldBeNull();
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, true, true, "nothing was sent")]
    [InlineData(HttpRequestError.ResponseEnded, true, false, "a write may have happened")]
    public void After_BrokenConnection_OnlyWhatIsSafe(HttpRequestError error, bool read, bool write, string because)
    {
        var exception = new HttpRequestException(error);

        new[] { Read, Write }.Select(r => RetryRule.After(r, exception, 1, new()) is not null).ShouldBe([read, write], because);
    }
}
