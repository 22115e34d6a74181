using System.Text;

namespace SharpProbe.Build.Usb;

/// <summary>Endpoints and FIFO memory of each USB mode on each board: a mode that does not fit ends the build, and docs/usb.md shows the rest.</summary>
static class UsbBudget
{
    private const string Begin = "<!-- written by ./build.sh usb -->", End = "<!-- end -->";

    public static string Document => Repository.At("docs", "usb.md");

    /// <summary>Ends the build where a mode does not fit the board.</summary>
    public static void Check(UsbBoard board, UsbTables tables)
    {
        (int endpoints, int words) = tables.Core(board.Family);
        foreach (dynamic mode in tables.Modes)
        {
            string where = $"USB mode \"{mode.Name}\" on {board.Name} ({(board.HighSpeed ? "high" : "full")} speed)";
            List<int> addresses = [];
            foreach (dynamic endpoint in mode.Endpoints()) addresses.Add((int)endpoint.Address);
            foreach (bool input in new[] { true, false })
            {
                List<int> these = addresses.FindAll(address => address >= 0x80 == input);
                string direction = input ? "IN" : "OUT";
                if (these.Count >= endpoints) throw new BuildError($"{where}: {these.Count} {direction} endpoints, the core has {endpoints - 1} besides endpoint 0");
                if (these.Find(address => (address & 0x7F) == 0 || (address & 0x7F) >= endpoints) is not 0 and var number) throw new BuildError($"{where}: endpoint 0x{number:X2} is none of the core's");
                if (these.GroupBy(address => address).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new BuildError($"{where}: endpoint 0x{twice.Key:X2} is used twice");
            }
            int needed = tables.Words((object)mode.Endpoints(), board.HighSpeed, endpoints);
            if (needed > words) throw new BuildError($"{where}: {needed} words of FIFO, there are {words}");
        }
    }

    /// <summary>The document with its table as it is now.</summary>
    public static string Update(string text, IEnumerable<UsbBoard> boards, UsbTables tables)
    {
        int start = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start) throw new BuildError($"{Repository.Relative(Document)}: no place for the table between \"{Begin}\" and \"{End}\"");
        return text[..(start + Begin.Length)] + "\n" + Table([.. boards], tables) + text[end..];
    }

    private static string Table(List<UsbBoard> boards, UsbTables tables)
    {
        StringBuilder text = new("| mode | boards | speed | IN endpoints | OUT endpoints | receive | IN 0 | interrupt IN | bulk IN | all | there is |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (dynamic mode in tables.Modes)
            foreach (var group in boards.GroupBy(board => (board.Family, board.HighSpeed)))
            {
                (int endpoints, int words) = tables.Core(group.Key.Family);
                bool high = group.Key.HighSpeed;
                int inputs = 0, outputs = 0, interrupt = 0, bulk = 0;
                foreach (dynamic endpoint in mode.Endpoints())
                {
                    if (!(bool)endpoint.In) outputs++;
                    else
                    {
                        inputs++;
                        int its = tables.InWords((object)endpoint, high);
                        if ((bool)endpoint.Interrupt) interrupt += its;
                        else bulk += its;
                    }
                }
                int receive = tables.ReceiveWords(high, endpoints), all = tables.Words((object)mode.Endpoints(), high, endpoints);
                text.Append($"| `{mode.Name}` | {string.Join(", ", group.Select(board => board.Name))} | {(high ? "high, full" : "full")} | {inputs} of {endpoints - 1} | {outputs} of {endpoints - 1} ");
                text.Append($"| {receive} | {all - receive - interrupt - bulk} | {interrupt} | {bulk} | {all} | {words} |\n");
            }
        return text.ToString();
    }
}
