using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;

namespace Bulkhead.Cli.Cluster;

/// <summary>
/// The log of one pod, gone on with after its stream broke. Where it stands is told by the kubelet's time of each line, for a log that was rotated begins
/// elsewhere; lines of the same time are counted.
/// </summary>
internal sealed class PodLog(IKubernetesClient client)
{
    private const string Container = "run";
    private DateTimeOffset _last;
    private int _atLast;
    private int _withoutTime;

    /// <summary>Nothing more comes: its container had ended when the stream that ended cleanly was opened.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why the last stream did not open, or broke; null: it ended cleanly.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The lines that were not read yet, until the stream ends.</summary>
    /// <param name="pod">As it stands.</param>
    /// <param name="follow">Waits for more while its container runs.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<string> GoOnAsync(V1Pod pod, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        Fault = null;
        if (IsOver) yield break;
        using var reader = await OpenAsync(pod, follow, ct);
        if (reader is null) yield break;
        var (resumedAt, seenThere, withoutTime) = (_last, 0, 0);
        var catchingUp = _atLast > 0;
        while (await LineAsync(reader, ct) is { } line)
        {
            if (Time(line) is not { } at)
            {
                if (withoutTime++ < _withoutTime) continue;
                _withoutTime = withoutTime;
                yield return line;
                continue;
            }

            // Only up to where it broke: the times of the two streams of a container may cross by a hair.
            catchingUp &= at <= resumedAt;
            if (catchingUp && (at < resumedAt || seenThere++ < _atLast)) continue;
            (_last, _atLast) = at > _last ? (at, 1) : at == _last ? (at, _atLast + 1) : (_last, _atLast);
            seenThere = _atLast;
            yield return line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        }

        IsOver = Fault is null && HasEnded(pod);
    }

    public static bool HasStarted(V1Pod pod) => pod.Status?.ContainerStatuses?.Any(c => c.State is { Running: not null } or { Terminated: not null }) == true;

    private static bool HasEnded(V1Pod pod) => pod.Status?.ContainerStatuses?.Any(c => c is { Name: Container, State.Terminated: not null }) == true;

    /// <summary>Null where the kubelet wrote none.</summary>
    private static DateTimeOffset? Time(string line) =>
        line.IndexOf(' ', StringComparison.Ordinal) is >= 20 and <= 40 and var end && line[10] == 'T'
        && DateTimeOffset.TryParse(line.AsSpan(0, end), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Null: it went, its kubelet has already removed the container, or <see cref="Fault"/> says why.</summary>
    private async Task<StreamReader?> OpenAsync(V1Pod pod, bool follow, CancellationToken ct)
    {
        try
        {
            return new StreamReader(await client.ApiClient.CoreV1.ReadNamespacedPodLogAsync(pod.Name(), pod.Namespace(), Container, follow, timestamps: true, cancellationToken: ct));
        }
        catch (HttpOperationException e) when (e.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return null;
        }
        catch (Exception e) when (PassingFaults.IsPassing(e))
        {
            Fault = e;
            return null;
        }
    }

    /// <summary>A stream that breaks has ended: whoever follows looks again.</summary>
    private async Task<string?> LineAsync(StreamReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            Fault = e;
            return null;
        }
    }
}
