@ Random MPU regions over 16 KB, then random accesses: privileged and unprivileged loads and stores, pairs, multiples, calls. Each fault logs MMFSR and MMFAR
@ and skips its instruction (32 bits wide all of them) or returns from the call. SEED and ROUNDS are given by the assembler's command line.
.include "common.inc"
.equ AREA, 0x20200000
.section .vec,"a"
.word STACK
.word start+1
.word hang+1
.word hang+1
.word memfault+1
.rept 11
.word hang+1
.endr
.text
.thumb_func
hang: b .
.thumb_func
memfault:
  ldr r1, =0xE000ED28
  ldr r2, [r1]
  ldr r3, [r1, #0xc]
  str r2, [r1]
  tst r2, #0x80
  it eq
  moveq r3, #0
  stmia r10!, {r2, r3}
  tst r2, #1
  bne 1f
  ldr r0, [sp, #24]
  adds r0, #4
  str r0, [sp, #24]
  bx lr
1:ldr r0, [sp, #24]
  stmia r10!, {r0}
  ldr r0, [sp, #20]
  str r0, [sp, #24]
  bx lr
.macro aim
  rnd r0
  ldr r1, =0x3ffc
  and r0, r0, r1
  ldr r1, =AREA
  add r4, r0, r1
.endm
.global start
.thumb_func
start:
  ldr r10, =LOG
  ldr r8, =1664525
  ldr r9, =SEED
  ldr r7, =ROUNDS
  ldr r0, =0x10000
  ldr r1, =0xE000ED24
  str r0, [r1]
  ldr r5, =0x47704770
  ldr r0, =AREA
  mov r1, #4096
1:str r5, [r0], #4
  subs r1, #1
  bne 1b
round:
  ldr r6, =0xE000ED90
  mov r0, #0
  str r0, [r6, #4]
  settle
  mov r11, #0
reg:
  str r11, [r6, #8]
  mov r0, #0
  str r0, [r6, #16]
  @ 32 bytes to 8 KB
  rnd r0
  mov r1, #9
  udiv r2, r0, r1
  mls r0, r2, r1, r0
  add r2, r0, #5      @ log2
  mov r1, #1
  lsl r1, r1, r2
  subs r1, #1
  rnd r3
  ldr r0, =0x3fe0
  and r3, r3, r0
  bic r3, r3, r1
  ldr r0, =AREA
  add r3, r3, r0
  str r3, [r6, #12]
  subs r2, #1
  lsl r2, r2, #1
  @ Subregions only of 1 KB and more: QEMU keeps a permission for a whole 1 KB page once an address in a disabled subregion was allowed
  rnd r0
  rnd r1
  and r0, r0, r1
  and r0, r0, #0xff
  cmp r2, #24
  it lo
  movlo r0, #0
  orr r2, r2, r0, lsl #8
  rnd r0
  and r0, r0, #7
  cmp r0, #4
  it eq
  moveq r0, #3
  orr r2, r2, r0, lsl #24
  rnd r0
  and r0, r0, #1
  orr r2, r2, r0, lsl #28
  rnd r0
  and r0, r0, #3
  cmp r0, #0
  it ne
  orrne r2, r2, #1
  orr r2, r2, #0x000B0000
  str r2, [r6, #16]
  ldr r0, [r6, #12]
  ldr r1, [r6, #16]
  stmia r10!, {r0, r1}
  add r11, r11, #1
  cmp r11, #8
  bne reg
  mov r0, #5
  str r0, [r6, #4]
  settle
  mov r11, #16
probe:
  aim
  stmia r10!, {r4}
  ldr.w r0, [r4]
  aim
  str.w r5, [r4]
  aim
  ldrt r0, [r4]
  aim
  strt r5, [r4]
  aim
  stmia r10!, {r4}
  orr r4, r4, #1
  blx r4
  aim
  ldrd r0, r1, [r4]
  aim
  ldm.w r4, {r0, r1, r2}
  subs r11, #1
  bne probe
  subs r7, #1
  bne round
  ldr r6, =0xE000ED90
  mov r0, #0
  str r0, [r6, #4]
  dsb
  finish
