namespace Bulkhead.Api.Tests.Loading;

/// <summary>The whole text of each fault is pinned: authors and tools read it.</summary>
public sealed class FaultTests
{
    private const string Two = "nodes:\n  - {name: a, run: \"return 1\"}\n  - {name: b, run: \"return 2\"}\n";

    [Theory]
    [InlineData("nodes: []", "EMPTY_WORKFLOW nodes:1 the workflow has no nodes: there is nothing to run")]
    [InlineData("name: x", "MISSING_FIELD :1 'nodes' is required")]
    [InlineData("[]", "WRONG_TYPE :1 a workflow must be a mapping with a list of 'nodes'")]
    [InlineData("", "EMPTY_DOCUMENT : the document is empty")]
    [InlineData("a: 1\n---\nb: 2\n", "MULTIPLE_DOCUMENTS :3 the text holds several documents; a workflow is one")]
    [InlineData("nodes:\n  - {name: a, rn: x}", "UNKNOWN_FIELD nodes[0].rn:2 unknown field 'rn'; did you mean 'run'?")]
    [InlineData("nodes:\n  - {name: a, run: x, colour: red}", "UNKNOWN_FIELD nodes[0].colour:2 unknown field 'colour'; known here: description, fallback, fan_in, goto, interrupt, language, name, on_error, output, retry, run, script, timeout, type")]
    [InlineData("nodes:\n  - {name: a, run: x}\n  - {name: a, run: y}", "DUPLICATE_NODE nodes[1].name:3 the node 'a' exists already (line 2); names are unique in a document")]
    [InlineData("nodes:\n  - {run: x}", "MISSING_FIELD nodes[0]:2 'name' is required")]
    [InlineData("nodes:\n  - {name: a, id: a, run: x}", "MIXED_DIALECTS nodes[0].name:2 a node has 'name' (state graph) or 'id' (dependency graph), not both")]
    [InlineData("nodes:\n  - {name: a, run: x}\n  - {id: b, type: output}", "MIXED_DIALECTS nodes[1].id:3 this node has 'id' and others have 'name': a document is a state graph ('name') or a dependency graph ('id')")]
    [InlineData("nodes:\n  - {name: __start__, run: x}", "INVALID_NAME nodes[0].name:2 '__start__' is reserved: it means the start of the workflow")]
    [InlineData("nodes:\n  - {name: 12, run: x}", null)]
    [InlineData("nodes:\n  - {name: a, run: [x]}", "WRONG_TYPE nodes[0].run:2 'run' must be a string, not a list")]
    [InlineData("nodes:\n  - {name: a, run: x, script: y}", "INVALID_VALUE nodes[0].script:2 'run' and 'script' mean the same; write one of them")]
    [InlineData("nodes:\n  - {name: fetch, language: python, run: x}", "LANGUAGE_NOT_SUPPORTED nodes[0].language:2 node 'fetch': the language 'python' is not supported; write it in Lua")]
    [InlineData("nodes:\n  - name: rules\n    run: |\n      % prolog\n      p(x).", "LANGUAGE_NOT_SUPPORTED nodes[0].run:3 node 'rules': the language 'prolog' is not supported; write it in Lua")]
    [InlineData("nodes:\n  - {name: a, run: {type: python, code: x}}", "LANGUAGE_NOT_SUPPORTED nodes[0].run.type:2 node 'a': the language 'python' is not supported; write it in Lua")]
    [InlineData("nodes:\n  - {name: a, type: sqll}", "UNKNOWN_NODE_TYPE nodes[0].type:2 node 'a': unknown type 'sqll'; did you mean 'sql'?")]
    [InlineData("nodes:\n  - {name: a, type: sql, connection: db}", "MISSING_FIELD nodes[0]:2 'query' is required")]
    [InlineData("nodes:\n  - {name: a, type: sql, query: select 1}", "MISSING_FIELD nodes[0]:2 'connection_id' is required")]
    [InlineData("nodes:\n  - {name: a, type: sql, connection: db, query: \"select {{ state.x }}\"}", "TEMPLATE_IN_QUERY nodes[0].query:2 a query's text is never built from values; write $1 and give the value in 'params'")]
    [InlineData("nodes:\n  - {name: a, type: transform, template: \"{{ secrets.key }}\"}", "INVALID_TEMPLATE nodes[0].template:2 not a valid template: there is no secrets scope: secrets live in connections only, and a workflow never sees them")]
    [InlineData("nodes:\n  - {name: a, type: transform, template: {x: [\"{{ state.x | uper }}\"]}}", "INVALID_TEMPLATE nodes[0].template.x[0]:2 not a valid template: unknown filter 'uper'; did you mean 'upper'?")]
    [InlineData("nodes:\n  - {name: a, uses: http.gett}", "UNKNOWN_ACTION nodes[0].uses:2 unknown action 'http.gett'; did you mean 'http.get'?")]
    [InlineData("nodes:\n  - {id: a, type: output, config: {value: \"{{ nodes.b.output.x }}\"}}", "UNKNOWN_NODE nodes[0].config.value:2 'nodes' names the node 'b', which does not exist; there are: a")]
    [InlineData("nodes:\n  - {name: a, run: x, timeout: soon}", "WRONG_TYPE nodes[0].timeout:2 'timeout' must be a duration: a number of seconds, or 250ms, 30s, 5m, 1h (at most 30 days), not 'soon'")]
    [InlineData("nodes:\n  - {name: a, run: x, retry: {max_retries: -1}}", "OUT_OF_RANGE nodes[0].retry.max_retries:2 'max_retries' is -1; it must lie between 0 and 100")]
    [InlineData("nodes:\n  - {name: a, run: x, on_error: {mode: retry}}", "MISSING_FIELD nodes[0].on_error:2 'on_error.mode: retry' needs 'retry' on the same node")]
    [InlineData("nodes:\n  - {name: a, run: x, on_error: {mode: ignore}}", "INVALID_VALUE nodes[0].on_error.mode:2 'mode' must be one of raise, graceful, retry, not 'ignore'")]
    [InlineData("nodes:\n  - {name: a, run: x, fallback: c}", "UNKNOWN_NODE nodes[0].fallback:2 'fallback' names the node 'c', which does not exist; there are: a")]
    [InlineData("nodes:\n  - {name: loop, type: while_loop, condition: \"state.i < 5\", body: [{name: b, run: x}]}", "MISSING_FIELD nodes[0]:2 node 'loop': 'max_iterations' is required (1 to 1000)")]
    [InlineData("nodes:\n  - {name: loop, type: while_loop, condition: \"state.i <\", max_iterations: 1, body: [{name: b, run: x}]}", "INVALID_EXPRESSION nodes[0].condition:2 'condition' is not an expression: an expression is expected where the end stands")]
    [InlineData("nodes:\n  - {name: l, type: while_loop, condition: \"true\", max_iterations: 2, body: [{name: m, type: while_loop, condition: \"true\", max_iterations: 2, body: [{name: n, run: x}]}]}", "NESTED_LOOP nodes[0].body[0]:2 node 'm': a while_loop inside the body of another is not supported")]
    [InlineData("nodes:\n  - {name: each, type: dynamic_parallel, items: state.list}", "MISSING_FIELD nodes[0]:2 node 'each': dynamic_parallel needs exactly one of 'action', 'steps' and 'subgraph', not 0")]
    [InlineData("nodes:\n  - {name: each, type: dynamic_parallel, items: state.list, steps: [{name: s, run: x}], fan_in: gone}", "UNKNOWN_NODE nodes[0].fan_in:2 'fan_in' names the node 'gone', which does not exist; there are: each")]
    [InlineData(Two + "imports: [x]", "IMPORTS_NOT_SUPPORTED imports:4 imports are not supported: put the nodes into this document")]
    [InlineData(Two + "edges:\n  - {from: a, to: c}", "UNKNOWN_NODE edges[0].to:5 'to' names the node 'c', which does not exist; there are: a, b")]
    [InlineData(Two + "edges:\n  - {from: a, to: __start__}", "UNKNOWN_NODE edges[0].to:5 'to' cannot be __start__")]
    [InlineData(Two + "edges:\n  - {from: a}", "MISSING_FIELD edges[0]:5 'to' is required")]
    [InlineData(Two + "edges:\n  - {from: a, to: b, fan_in: b}", "FIELD_NOT_ALLOWED edges[0].fan_in:5 'fan_in' belongs to parallel edges; write 'to' as a list or add 'type: parallel'")]
    [InlineData(Two + "edges:\n  - {from: __start__, to: [a, a], fan_in: b}", "DUPLICATE_BRANCH edges[0].to[1]:5 the branch 'a' stands twice in one section")]
    [InlineData(Two + "edges:\n  - {from: __start__, to: [a, b], fan_in: b}", "FAN_IN_IS_BRANCH edges[0].fan_in:5 'b' cannot be a branch and the fan-in of one section")]
    [InlineData(Two + "edges:\n  - {from: a, when: \"state.x ==\", to: b}", "INVALID_EXPRESSION edges[0].when:5 'when' is not an expression: an expression is expected where the end stands")]
    [InlineData(Two + "edges:\n  - {from: a, targets: {x: b}}", "MISSING_FIELD edges[0].targets:5 'targets' needs 'when' (or 'condition'): the expression whose value chooses")]
    [InlineData("settings: {allow_cycles: false}\n" + Two + "edges:\n  - {from: a, to: b}\n  - {from: b, to: a}", "CYCLE_DETECTED nodes[0]:3 the nodes form a cycle: a -> b -> a (settings.allow_cycles is false)")]
    [InlineData("nodes:\n  - {id: a, type: output, config: {value: 1}, goto: a}", "FIELD_NOT_ALLOWED nodes[0].goto:2 'goto' belongs to state graphs (nodes with 'name'); here depends_on gives the order")]
    [InlineData("nodes:\n  - {id: a, config: {}}", "MISSING_FIELD nodes[0]:2 'type' is required")]
    [InlineData("nodes:\n  - {id: a, type: output, config: {value: 1}, depends_on: [b]}", "UNKNOWN_NODE nodes[0].depends_on[0]:2 'depends_on' names the node 'b', which does not exist; there are: a")]
    [InlineData("nodes:\n  - {id: a, type: datasource, config: {connection_id: 5, name: x}}", "UNKNOWN_FIELD nodes[0].config.name:2 unknown field 'name'; known here: connection, connection_id, parameters, params, query, sql")]
    [InlineData("nodes:\n  - {id: a, type: datasource, config: {connection_id: 5.5}}", "WRONG_TYPE nodes[0].config.connection_id:2 'connection_id' must be the id or name of a connection, not 5.5")]
    public void Load_FaultyDocument_GivesFault(string text, string? fault)
    {
        if (fault is null) Loaded.Faults(text).ShouldBeEmpty();
        else Loaded.Faults(text).ShouldBe([fault]);
    }

    [Fact]
    public void Load_ManyFaults_ReportsAllWithTheirLines()
    {
        var faults = Loaded.Faults("""
            name: many
            nodes:
              - {name: a, run: x, rtry: {}}
              - {name: a, run: [1]}
              - {name: c, type: nope}
            edges:
              - {from: a, to: zz}
              - {from: a, too: c}
            """);

        faults.Select(f => f.Split(' ')[0] + " " + f.Split(' ')[1]).ShouldBe(
            ["UNKNOWN_FIELD nodes[0].rtry:3", "DUPLICATE_NODE nodes[1].name:4", "WRONG_TYPE nodes[1].run:4", "UNKNOWN_NODE_TYPE nodes[2].type:5", "MISSING_FIELD edges[1]:8", "UNKNOWN_FIELD edges[1].too:8", "UNKNOWN_NODE edges[0].to:7"],
            ignoreOrder: true);
    }

    [Fact]
    public void Load_ThousandFaults_ListsHundredAndCountsTheRest()
    {
        var faults = Loaded.Faults("nodes:\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"  - {{name: n{i}, rn: x}}\n")));

        faults.Count.ShouldBe(101);
        faults[^1].ShouldBe("MORE_PROBLEMS : 900 more faults are not listed");
    }

    [Theory]
    [InlineData(Two + "edges:\n  - {from: __start__, to: b}", "UNREACHABLE_NODE nodes[0]:2 nothing leads to node 'a'")]
    [InlineData("nodes:\n  - {name: a, run: x, goto: [{to: __end__}, {if: \"true\", to: a}]}", "UNREACHABLE_RULE nodes[0].goto[1]: this rule is never reached: nodes[0].goto[0] always applies before it")]
    [InlineData("nodes:\n  - {name: s, run: x, goto: [{if: state.ok, to: good}, {to: bad}]}\n  - {name: good, run: x}\n  - {name: bad, run: x, goto: [{if: state.again, to: bad}, {to: __end__}]}", "FALLS_THROUGH nodes[1]:3 node 'good' has no rule of its own and goes on to 'bad', which other rules choose; if that is not meant, give it 'goto: __end__'")]
    [InlineData("nodes:\n  - {name: a}", "NOTHING_TO_DO nodes[0]:2 node 'a' has neither run, script, uses nor type; it passes the state on")]
    [InlineData("initial_state: {count: many}\nstate_schema: {count: int}\nnodes:\n  - {name: a, run: x}", "STATE_TYPE initial_state.count:1 the initial value of 'count' is no int, as state_schema says")]
    [InlineData("initial_state: {v: yes}\nnodes:\n  - {name: a, run: x}", "AMBIGUOUS_SCALAR initial_state.v:1 'yes' means text here and something else in YAML 1.1 tools such as kubectl; quote it")]
    public void Load_DoubtfulDocument_Warns(string text, string warning)
    {
        Loaded.Faults(text).ShouldBeEmpty();
        Loaded.Warnings(text).ShouldBe([warning]);
    }

    [Fact]
    public void Load_InterruptInsideSection_IsRefused() =>
        Loaded.Faults("""
            nodes:
              - {name: a, run: x, interrupt: after}
              - {name: b, run: x}
              - {name: join, run: x}
            edges:
              - {from: __start__, to: [a, b], fan_in: join}
            """).ShouldBe(["INTERRUPT_IN_PARALLEL nodes[0].interrupt:2 node 'a': an interrupt inside a parallel section is not supported"]);

    [Fact]
    public void Load_SameDocumentAsJsonElement_GivesSamePathsAndMessages()
    {
        const string Text = """{"nodes":[{"name":"a","rn":"x"},{"name":"a","run":[1]}],"edges":[{"from":"a","to":"zz"}]}""";
        using var json = System.Text.Json.JsonDocument.Parse(Text);

        var fromElement = Bulkhead.Api.Loading.WorkflowLoader.Load(json.RootElement).Problems;

        fromElement.ShouldBe(Bulkhead.Api.Loading.WorkflowLoader.Load(Text).Problems.Select(p => p with { Line = null, Message = p.Message.Replace("line 1", "nodes[0].name", StringComparison.Ordinal) }));
    }
}
