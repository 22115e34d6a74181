using System;
using System.Runtime;

namespace SharpProbe.HostedProgram;

/// <summary>C# on an STM32F103 that works with the debugger's console, files and command line, and ends with an exit code. What it prints and writes is compared byte for byte.</summary>
static class Program
{
    private const int Lines = 300;

    [RuntimeExport("Reset_Handler")]
    static void Reset()
    {
        Image.Initialize();
        Run();
        Host.Exit(42);
    }

    private static void Run()
    {
        Span<byte> buffer = stackalloc byte[64];
        var line = new Line(buffer);
        line.Add("arguments: "u8);
        Span<byte> arguments = stackalloc byte[40];
        line.Add(Host.CommandLine(arguments));
        line.Print();

        int file = Host.Open("squares.txt\0"u8, Host.Write);
        line.Print("open "u8, file > 0 ? 1 : 0);
        int total = 0;
        for (int i = 0; i < Lines; i++)
        {
            line.Add("line "u8, i);
            line.Add(" is "u8, i * i);
            total += line.WriteTo(file);
        }
        line.Print("not written "u8, total);
        line.Print("close "u8, Host.Close(file));

        file = Host.Open("squares.txt\0"u8, Host.ReadUpdate);
        line.Print("length "u8, Host.Length(file));
        Span<byte> piece = stackalloc byte[16];
        uint sum = 0;
        int left;
        do
        {
            left = Host.ReadFrom(file, piece);
            foreach (byte b in piece[..(piece.Length - left)]) sum = sum * 31 + b;
        }
        while (left == 0);
        line.Print("sum "u8, (int)(sum & 0x7FFF_FFFF));
        line.Print("at the end "u8, Host.ReadFrom(file, piece));
        line.Print("seek "u8, Host.Seek(file, 5));
        line.Print("write "u8, Host.WriteTo(file, "ZERO"u8));
        Host.Close(file);

        line.Print("rename "u8, Host.Rename("squares.txt\0"u8, "renamed.txt\0"u8));
        line.Print("old name "u8, Host.Open("squares.txt\0"u8, Host.Read));
        line.Print("errno "u8, Host.LastError());
        file = Host.Open("remove.me\0"u8, Host.Write);
        Host.Close(file);
        line.Print("remove "u8, Host.Remove("remove.me\0"u8));
        line.Print("remove again "u8, Host.Remove("remove.me\0"u8));
    }

    [RuntimeExport("Fault_Handler")]
    static void Fault()
    {
        while (true) { }
    }

    [RuntimeExport("FailFast")]
    static void FailFast(string message) => Host.Exit(1);
}
