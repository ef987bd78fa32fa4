using System.Collections.Concurrent;
using Bulkhead.Cluster.Tests.Clusters;

namespace Bulkhead.Chart.Tests.Images;

/// <summary>The images of this tree, each looked after once in a run, whichever test asks first.</summary>
internal static class BuiltImages
{
    private static readonly ConcurrentDictionary<(string Program, bool FromDockerfile), Lazy<Task<string>>> Builds = [];

    /// <summary>Path of the image for a test cluster (<c>eng/image</c>).</summary>
    public static Task<string> NativeAsync(string program) => OnceAsync(program, fromDockerfile: false, BuildNativeAsync);

    /// <summary>Path of the image that the Dockerfile makes.</summary>
    public static Task<string> FromDockerfileAsync(string program) => OnceAsync(program, fromDockerfile: true, BuildFromDockerfileAsync);

    private static Task<string> OnceAsync(string program, bool fromDockerfile, Func<string, Task<string>> build) =>
        Builds.GetOrAdd((program, fromDockerfile), _ => new Lazy<Task<string>>(() => build(program))).Value;

    private static async Task<string> BuildNativeAsync(string program)
    {
        await Repository.EngAsync("image", program);
        return Repository.Path("artifacts", "image", $"{program}.tar");
    }

    /// <summary>After those that the node waits for, and with what the node's tests leave of the processors: minutes of compiling beside tests that watch a clock.</summary>
    private static async Task<string> BuildFromDockerfileAsync(string program)
    {
        foreach (var needed in (string[])["worker", "operator"]) await NativeAsync(needed);
        await Shell.RunAsync("nice", ["-n", "19", Repository.Path("eng", "image"), "--dockerfile", program], within: TimeSpan.FromMinutes(15));
        return Repository.Path("artifacts", "image", $"{program}.dockerfile.tar");
    }
}
