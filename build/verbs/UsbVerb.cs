using SharpProbe.Build.Compile;
using SharpProbe.Build.Usb;

namespace SharpProbe.Build.Verbs;

/// <summary>usb: checks that each USB mode fits each board, and writes the table of docs/usb.md.</summary>
static class UsbVerb
{
    public static int Run()
    {
        UsbTables tables = new();
        List<UsbBoard> boards = [.. Target.Boards.Select(target => UsbBoard.Of(target.Name))];
        foreach (UsbBoard board in boards) UsbBudget.Check(board, tables);
        File.WriteAllText(UsbBudget.Document, UsbBudget.Update(File.ReadAllText(UsbBudget.Document), boards, tables));
        Progress.Line($"every USB mode fits every board: {Repository.Relative(UsbBudget.Document)}");
        return 0;
    }
}
