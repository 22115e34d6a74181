using System.Diagnostics;
using SharpProbe.Sim.Elf;

namespace SharpProbe.Tests.Elf;

/// <summary>An ELF made from assembler text by the project's own binutils.</summary>
internal static class Assembled
{
    /// <summary>Assembles and links at an address; returns the ELF's path, in a folder of its own.</summary>
    public static string File(string source, uint address = 0x0800_0000, string options = "")
    {
        string folder = Directory.CreateTempSubdirectory("sharpprobe-elf-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        string text = Path.Combine(folder, "source.s"), obj = Path.Combine(folder, "source.o"), elf = Path.Combine(folder, "program.elf");
        System.IO.File.WriteAllText(text, ".syntax unified\n.thumb\n" + source);
        Tool("arm-none-eabi-as", $"-mcpu=cortex-m7 -mfpu=fpv5-sp-d16 {options} -o {obj} {text}");
        Tool("arm-none-eabi-ld", $"-Ttext=0x{address:X} -e 0 -o {elf} {obj}");
        return elf;
    }

    public static ElfFile Elf(string source, uint address = 0x0800_0000, string options = "") => ElfFile.Read(File(source, address, options));

    private static void Tool(string name, string arguments)
    {
        Child child = Child.Run(60, name, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(child.Code == 0, $"{name}: {child.Errors}");
    }
}
