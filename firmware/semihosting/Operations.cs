using System;

namespace SharpProbe.Hosting;

/// <summary>All operations of "Semihosting for AArch32 and AArch64" (Arm, 2.0) for M-profile cores.</summary>
static unsafe class Operations
{
    public static Operation[] Rows() =>
    [
        new(0x01, 3, &FileOperations.Open),
        new(0x02, 1, &FileOperations.Close),
        new(0x03, 0, &ConsoleOperations.WriteCharacter),
        new(0x04, 0, &ConsoleOperations.WriteString),
        new(0x05, 3, &FileOperations.Write),
        new(0x06, 3, &FileOperations.Read),
        new(0x07, 0, &ConsoleOperations.ReadCharacter),
        new(0x08, 1, &FileOperations.IsError),
        new(0x09, 1, &FileOperations.IsTty),
        new(0x0A, 2, &FileOperations.Seek),
        new(0x0C, 1, &FileOperations.Length),
        new(0x0D, 3, &FileOperations.TemporaryName),
        new(0x0E, 2, &FileOperations.Remove),
        new(0x0F, 4, &FileOperations.Rename),
        new(0x10, 0, &ProgramOperations.Clock),
        new(0x11, 0, &ProgramOperations.Time),
        new(0x12, 2, &ProgramOperations.System),
        new(0x13, 0, &ProgramOperations.ErrorNumber),
        new(0x15, 2, &ProgramOperations.CommandLine),
        new(0x16, 1, &ProgramOperations.HeapInfo),
        new(0x18, 0, &ProgramOperations.Exit),
        new(0x20, 2, &ProgramOperations.ExitExtended),
        new(0x30, 0, &ProgramOperations.Elapsed),
        new(0x31, 0, &ProgramOperations.TickFrequency),
    ];
}
