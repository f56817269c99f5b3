"""The evaluation, run from the page."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str, str, str]] = {
    "evaluation.heading": ("评测", "評測", "評測", "Evaluation"),
    "evaluation.explained": (
        "用项目自带的题目检验：问到的段落有没有找到，两种字体是否一样好。通常不到一分钟，不影响别人提问。",
        "用專案自帶的題目檢驗：問到的段落有沒有找到，兩種字體是否一樣好。通常不到一分鐘，不影響別人提問。",
        "用項目自帶的題目檢驗：問到的段落有沒有找到，兩種字體是否一樣好。通常不到一分鐘，不影響別人提問。",
        "Asks the project's own questions: is the right passage found, and equally well in both "
        "scripts? It usually takes less than a minute and does not keep others waiting.",
    ),
    "evaluation.start": ("开始评测", "開始評測", "開始評測", "Run the evaluation"),
    "evaluation.none": (
        "服务启动以来还没有评测过。",
        "服務啟動以來還沒有評測過。",
        "服務啟動以來還沒有評測過。",
        "There has been no evaluation since the service started.",
    ),
    "evaluation.floors": (
        "所有指标都不低于要求。",
        "所有指標都不低於要求。",
        "所有指標都不低於要求。",
        "Every measure holds its floor.",
    ),
    "evaluation.short": (
        "有 {n} 项低于要求，报告里标明。",
        "有 {n} 項低於要求，報告裡標明。",
        "有 {n} 項低於要求，報告裏標明。",
        "{n} measures are below their floors; the report marks them.",
    ),
    "evaluation.report": ("评测报告", "評測報告", "評測報告", "Report"),
    "evaluation.english": (
        "报告是英文的。",
        "報告是英文的。",
        "報告是英文的。",
        "The report is in English.",
    ),
    "evaluation.save": ("保存报告", "儲存報告", "儲存報告", "Save the report"),
}
