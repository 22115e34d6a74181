using System.Text.RegularExpressions;

namespace SharpProbe.Build.Usb;

/// <summary>The OTG core that a board uses, as its Board.cs says.</summary>
/// <param name="Family">F7 or H7.</param>
/// <param name="HighSpeed">With a high-speed transceiver.</param>
sealed partial record UsbBoard(string Name, string Family, bool HighSpeed)
{
    public static UsbBoard Of(string name)
    {
        string file = Repository.At("boards", name, "Board.cs"), text = File.ReadAllText(file);
        Match family = FamilyLine().Match(text), core = CoreLine().Match(text);
        if (!family.Success || !core.Success) throw new BuildError($"{Repository.Relative(file)}: neither a family nor CreateUsb() => UsbCore.HighSpeed or UsbCore.FullSpeed, which the USB budget goes by");
        return new(name, family.Groups[1].Value, core.Groups[1].Value == "High");
    }

    [GeneratedRegex(@"using SharpProbe\.Hal\.(F7|H7);")]
    private static partial Regex FamilyLine();

    [GeneratedRegex(@"CreateUsb\(\) => UsbCore\.(High|Full)Speed;")]
    private static partial Regex CoreLine();
}
