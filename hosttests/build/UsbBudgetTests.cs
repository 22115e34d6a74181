using SharpProbe.Build;
using SharpProbe.Build.Usb;
using BuildTarget = SharpProbe.Build.Compile.Target;

namespace SharpProbe.Tests.Build;

/// <summary>Endpoints and FIFO memory are checked by the build.</summary>
public class UsbBudgetTests
{
    private static readonly UsbBoard s_mini = new("stlinkv3mini", "F7", true), s_devebox = new("devebox_h743", "H7", false);

    /// <summary>The firmware's tables with another set of modes.</summary>
    private static UsbTables With(string functions)
    {
        using var folder = new TestFolder();
        string modes = folder.File("modes");
        Directory.CreateDirectory(modes);
        foreach (string file in Directory.GetFiles(Repository.At("firmware", "usb", "modes"), "*.cs")) File.Copy(file, Path.Combine(modes, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(modes, "UsbModes.cs"), $"namespace SharpProbe.Usb;\npublic static class UsbModes {{ public static UsbMode[] Rows() => [new(\"mine\", [{functions}])]; }}\n");
        return new([Repository.At("firmware", "usb", "UsbEndpoint.cs"), modes, Repository.At("hal", "usb", "OtgCores.cs")]);
    }

    private static string Refusal(UsbBoard board, string functions) => Assert.Throws<BuildError>(() => UsbBudget.Check(board, With(functions))).Message;

    [Fact]
    public void Every_mode_fits_every_board()
    {
        var tables = new UsbTables();
        Assert.Equal(4, BuildTarget.Boards.Count);
        foreach (BuildTarget target in BuildTarget.Boards) UsbBudget.Check(UsbBoard.Of(target.Name), tables);
    }

    [Fact]
    public void The_table_in_the_documentation_is_the_one_that_the_build_writes()
    {
        string text = File.ReadAllText(UsbBudget.Document);
        Assert.True(text == UsbBudget.Update(text, BuildTarget.Boards.Select(target => UsbBoard.Of(target.Name)), new()), "docs/usb.md: run ./build.sh usb");
    }

    [Fact]
    public void A_ninth_IN_endpoint_ends_the_build() => Assert.Equal(
        "USB mode \"mine\" on devebox_h743 (full speed): 9 IN endpoints, the core has 8 besides endpoint 0",
        Refusal(s_devebox, "FunctionKind.Console, FunctionKind.Gdb, FunctionKind.Uart, FunctionKind.DapHid, FunctionKind.DapBulkTrace"));

    [Fact]
    public void An_endpoint_of_two_functions_ends_the_build() => Assert.Equal(
        "USB mode \"mine\" on stlinkv3mini (high speed): endpoint 0x83 is used twice",
        Refusal(s_mini, "FunctionKind.Console, FunctionKind.DapBulkTrace"));

    [Fact]
    public void More_words_than_there_are_end_the_build() => Assert.Equal(
        "USB mode \"mine\" on none (high speed): 994 words of FIFO, there are 952",
        Refusal(new("none", "H7", true), "FunctionKind.Console, FunctionKind.Gdb, FunctionKind.Uart, FunctionKind.DapHid, FunctionKind.DapBulk"));
}
