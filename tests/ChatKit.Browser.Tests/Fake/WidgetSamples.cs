using System.Text.Json.Nodes;

namespace ChatKit.Browser.Tests.Fake;

/// <summary>Items with everything that the protocol has, for tests and pictures.</summary>
internal static class WidgetSamples
{
    public static JsonObject Widget(string widget, string? copyText = null, string id = "wdg_1")
    {
        var item = new JsonObject { ["type"] = "widget", ["id"] = id, ["widget"] = JsonNode.Parse(widget) };
        if (copyText is not null) item["copy_text"] = copyText;
        return item;
    }

    /// <summary>A form with every control.</summary>
    public const string Form = """
        {"type":"Card","asForm":true,"size":"md","status":{"text":"Flight to Oslo","icon":"compass"},
         "confirm":{"label":"Book","action":{"type":"book","payload":{"flight":"SK 4670"}}},
         "cancel":{"label":"Not now","action":{"type":"drop"}},
         "children":[
           {"type":"Title","value":"Who travels?","size":"md"},
           {"type":"Label","value":"Name","fieldName":"traveller.name"},
           {"type":"Input","name":"traveller.name","required":true,"placeholder":"As in the passport","defaultValue":"Ada"},
           {"type":"Textarea","name":"wishes","placeholder":"Wishes","rows":2},
           {"type":"Row","children":[
             {"type":"Select","name":"class","placeholder":"Class","defaultValue":"eco","options":[{"value":"eco","label":"Economy"},{"value":"biz","label":"Business"}],
              "onChangeAction":{"type":"class_changed","streaming":false}},
             {"type":"DatePicker","name":"day","placeholder":"Day","defaultValue":"2026-12-24T00:00:00Z","min":"2026-12-01"}]},
           {"type":"RadioGroup","name":"seat","ariaLabel":"Seat","options":[{"label":"Window","value":"w"},{"label":"Aisle","value":"a"}],"defaultValue":"a"},
           {"type":"Checkbox","name":"lunch","label":"With lunch","defaultChecked":true},
           {"type":"Divider","flush":true},
           {"type":"Text","id":"note","value":"A note to edit","editable":{"name":"note","placeholder":"Note"}},
           {"type":"Row","justify":"between","children":[{"type":"Caption","value":"Price for one"},{"type":"Spacer"},{"type":"Text","value":"€ 148","weight":"semibold"}]}
         ]}
        """;

    /// <summary>What is only looked at.</summary>
    public const string Card = """
        {"type":"Card","size":"lg","children":[
           {"type":"Row","gap":3,"align":"center","children":[
             {"type":"Box","padding":2,"radius":"lg","background":{"light":"#e8eefc","dark":"#24304d"},"children":[{"type":"Icon","name":"chart","size":"lg","color":"info"}]},
             {"type":"Col","gap":0,"flex":1,"children":[{"type":"Title","value":"Sales this week","size":"lg"},{"type":"Caption","value":"Monday to Sunday, all shops"}]},
             {"type":"Badge","label":"+12 %","color":"success"}]},
           {"type":"Chart","height":240,"xAxis":{"dataKey":"day"},"showYAxis":true,"showLegend":true,
            "data":[{"day":"Mon","shop":320,"web":180},{"day":"Tue","shop":280,"web":240},{"day":"Wed","shop":350,"web":260},{"day":"Thu","shop":300,"web":310},{"day":"Fri","shop":420,"web":330},{"day":"Sat","shop":510,"web":290}],
            "series":[{"type":"bar","dataKey":"shop","label":"Shop"},{"type":"bar","dataKey":"web","label":"Web"},{"type":"line","dataKey":"web","label":"Trend","curveType":"monotone"}]},
           {"type":"Table","children":[
             {"type":"Table.Row","header":true,"children":[{"type":"Table.Cell","children":[{"type":"Text","value":"Shop"}]},{"type":"Table.Cell","align":"end","children":[{"type":"Text","value":"Sales"}]}]},
             {"type":"Table.Row","children":[{"type":"Table.Cell","children":[{"type":"Text","value":"Rue de la Paix"}]},{"type":"Table.Cell","align":"end","children":[{"type":"Text","value":"1 240"}]}]},
             {"type":"Table.Row","children":[{"type":"Table.Cell","children":[{"type":"Text","value":"Harbour"}]},{"type":"Table.Cell","align":"end","children":[{"type":"Text","value":"940"}]}]}]},
           {"type":"Markdown","value":"The **harbour** shop grew most: see `report.csv`."},
           {"type":"Transition","children":{"type":"Text","value":"Updated a minute ago","color":"secondary","size":"sm"}},
           {"type":"Row","wrap":"wrap","children":[
             {"type":"Button","label":"Open the report","iconEnd":"external-link","onClickAction":{"type":"open"}},
             {"type":"Button","label":"Later","style":"secondary","onClickAction":{"type":"later"}},
             {"type":"Button","label":"Delete","color":"danger","variant":"soft","iconStart":"bug","onClickAction":{"type":"delete"}}]},
           {"type":"Image","src":"https://images.example/shop.png","alt":"The shop"}]}
        """;

    public const string List = """
        {"type":"ListView","limit":2,"status":{"text":"3 parcels","icon":"cube"},"children":[
           {"type":"ListViewItem","onClickAction":{"type":"track","payload":{"id":1}},"children":[{"type":"Icon","name":"cube"},{"type":"Col","gap":0,"flex":1,"children":[{"type":"Text","value":"Books","weight":"medium"},{"type":"Caption","value":"Arrives tomorrow"}]},{"type":"Badge","label":"On its way","color":"info"}]},
           {"type":"ListViewItem","onClickAction":{"type":"track","payload":{"id":2}},"children":[{"type":"Icon","name":"cube"},{"type":"Col","gap":0,"flex":1,"children":[{"type":"Text","value":"A lamp","weight":"medium"},{"type":"Caption","value":"In customs"}]},{"type":"Badge","label":"Waiting","color":"warning"}]},
           {"type":"ListViewItem","children":[{"type":"Icon","name":"cube"},{"type":"Text","value":"Seeds"}]}]}
        """;

    public static JsonObject Questions(string id = "frm_1") => JsonNode.Parse($$"""
        {"type":"structured_input","id":"{{id}}","status":"pending","inputs":[
          {"type":"multiple_choice","id":"q1","question":"When do you travel?","multiple":false,"options":[{"value":"In spring"},{"value":"In autumn"}]},
          {"type":"multiple_choice","id":"q2","question":"What do you like?","multiple":true,"options":[{"value":"Museums"},{"value":"Walks"},{"value":"Food"}]},
          {"type":"freeform","id":"q3","question":"Anything else?","description":"Allergies, children, pets."}]}
        """)!.AsObject();

    public static JsonObject AnsweredQuestions()
    {
        var form = Questions();
        form["status"] = "answered";
        form["inputs"]![0]!["answer"] = JsonNode.Parse("""{"values":["In autumn"],"skipped":false}""");
        form["inputs"]![1]!["answer"] = JsonNode.Parse("""{"values":["Walks","Birds"],"skipped":false}""");
        form["inputs"]![2]!["answer"] = JsonNode.Parse("""{"values":[],"skipped":true}""");
        return form;
    }

    public static JsonObject Workflow(string id = "wf_1", bool expanded = false, string summary = "") => JsonNode.Parse($$"""
        {"type":"workflow","id":"{{id}}","workflow":{"type":"custom","expanded":{{(expanded ? "true" : "false")}}{{summary}},"tasks":[
          {"type":"web_search","title_query":"ferry times Oslo","queries":["ferry Oslo Kiel","ferry Oslo Copenhagen"],"status_indicator":"complete",
           "sources":[{"type":"url","title":"Ferries from Oslo","url":"https://ferries.example/oslo","description":"All lines of this winter.","timestamp":"2026-11-02"}]},
          {"type":"thought","title":"Comparing the lines","content":"The night ferry is **slower** but needs no hotel.","status_indicator":"complete"},
          {"type":"file","title":"Reading your notes","sources":[{"type":"file","title":"Notes","filename":"notes.txt"}],"status_indicator":"complete"},
          {"type":"custom","title":"Checking prices","icon":"search","content":"Two of three answered.","status_indicator":"loading"}]} }
        """)!.AsObject();

    public static JsonObject Call(string name, string arguments = """{"city":"Oslo"}""", string id = "tc_1") => new()
    {
        ["type"] = "client_tool_call",
        ["id"] = id,
        ["status"] = "pending",
        ["call_id"] = "call_1",
        ["name"] = name,
        ["arguments"] = JsonNode.Parse(arguments),
    };

    public static JsonObject Cited(string words, string annotations) => new()
    {
        ["type"] = "assistant_message",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "output_text", ["text"] = words, ["annotations"] = JsonNode.Parse(annotations) }),
    };

    public const string Formulas = """
        The roots of $ax^2 + bx + c = 0$ are

        $$x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}$$

        It costs $5 or $10, and that is no formula. In general \(e^{i\pi} + 1 = 0\), and

        \[
        \int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}, \qquad \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
        \]

        | name | formula |
        |---|---|
        | mean | $\bar{x} = \frac{1}{n}\sum_{i=1}^n x_i$ |
        """;

    /// <summary>A red dot of one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");
}
