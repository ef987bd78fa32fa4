using Bulkhead.Operator.Executions;

namespace Bulkhead.Operator.Tests.Executions;

public sealed class SharedReadTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);
    private readonly Queue<(TaskCompletionSource Begun, TaskCompletionSource<int> Answer)> _reads = new(
        Enumerable.Range(0, 3).Select(_ => (New(), new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously))));

    private int _count;

    [Fact]
    public async Task Read_WhileOneIsUnderWay_GetsTheNextAndSharesIt()
    {
        var (first, second) = (_reads.ElementAt(0), _reads.ElementAt(1));
        var shared = new SharedRead<int>(Read);
        var before = shared.ReadAsync(default);
        await first.Begun.Task.WaitAsync(Within);

        Task<int>[] late = [shared.ReadAsync(default), shared.ReadAsync(default), shared.ReadAsync(default)];

        first.Answer.SetResult(1);
        (await before.WaitAsync(Within)).ShouldBe(1);
        late.ShouldAllBe(read => !read.IsCompleted, "what was asked of the server before they asked is not for them");
        second.Answer.SetResult(2);
        (await Task.WhenAll(late).WaitAsync(Within)).ShouldBe([2, 2, 2]);
        _count.ShouldBe(2);
    }

    [Fact]
    public async Task Read_AfterOneThatFailed_IsAReadOfItsOwn()
    {
        var (first, second) = (_reads.ElementAt(0), _reads.ElementAt(1));
        var shared = new SharedRead<int>(Read);
        var failing = shared.ReadAsync(default);
        first.Answer.SetException(new HttpRequestException("gone"));
        await Should.ThrowAsync<HttpRequestException>(() => failing.WaitAsync(Within));

        second.Answer.SetResult(2);

        (await shared.ReadAsync(default).WaitAsync(Within)).ShouldBe(2);
    }

    [Fact]
    public async Task Read_GivenUp_LeavesTheOthersTheirs()
    {
        var first = _reads.Peek();
        var shared = new SharedRead<int>(Read);
        using var stop = new CancellationTokenSource();
        var (mine, theirs) = (shared.ReadAsync(stop.Token), shared.ReadAsync(default));

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => mine);
        first.Answer.SetResult(1);
        (await theirs.WaitAsync(Within)).ShouldBe(1);
    }

    private Task<int> Read()
    {
        _count++;
        var (begun, answer) = _reads.Dequeue();
        begun.SetResult();
        return answer.Task;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
